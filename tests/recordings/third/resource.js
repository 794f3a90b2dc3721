"use strict";
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler = () => require("pulumi-gitlab-dynamic/handlers").handler("ProjectHook");';
class ProjectHook extends pulumi.CustomResource {
  constructor(name, args, opts) { super("pulumi-nodejs:dynamic/gitlab:ProjectHook", name, { ...args, hookId: undefined, __provider }, opts); }
}
class Provider extends pulumi.ProviderResource { constructor(name, token, opts) { super("pulumi-nodejs", name, { "gitlab:token": pulumi.secret(token) }, opts); } }
Object.assign(exports, { ProjectHook, Provider });
