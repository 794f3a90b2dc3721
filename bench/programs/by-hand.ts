import * as pulumi from "@pulumi/pulumi";
import axios, { type AxiosInstance } from "axios";
import { hooks, type Hook } from "./hooks";

interface Answer {
  readonly id: number;
  readonly url: string;
  readonly push_events: boolean;
  readonly tag_push_events: boolean;
}

/** A dynamic provider as one writes it for one's own stack: short, with axios, and serialised into every resource. */
class HookProvider implements pulumi.dynamic.ResourceProvider<Hook, Hook> {
  private baseUrl = "";
  private token = "";

  configure({ config }: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.baseUrl = config.require("gitlab:baseUrl");
    this.token = config.require("gitlab:token");
    return Promise.resolve();
  }

  async create(hook: Hook): Promise<pulumi.dynamic.CreateResult<Hook>> {
    const { data } = await this.api().post<Answer>(this.path(hook), this.body(hook));
    return { id: String(data.id), outs: hook };
  }

  async read(id: string, hook?: Hook): Promise<pulumi.dynamic.ReadResult<Hook>> {
    if (!hook) return { id };
    const { data } = await this.api().get<Answer>(`${this.path(hook)}/${id}`);
    const { url, push_events: pushEvents, tag_push_events: tagPushEvents } = data;
    return { id, props: { ...hook, url, pushEvents, tagPushEvents } };
  }

  async update(id: string, _olds: Hook, hook: Hook): Promise<pulumi.dynamic.UpdateResult<Hook>> {
    await this.api().put(`${this.path(hook)}/${id}`, this.body(hook));
    return { outs: hook };
  }

  async delete(id: string, hook: Hook): Promise<void> {
    await this.api().delete(`${this.path(hook)}/${id}`);
  }

  private api(): AxiosInstance {
    return axios.create({ baseURL: `${this.baseUrl}/api/v4`, headers: { "PRIVATE-TOKEN": this.token } });
  }

  private path(hook: Hook): string {
    return `/projects/${encodeURIComponent(hook.project)}/hooks`;
  }

  private body(hook: Hook): object {
    return {
      url: hook.url,
      token: hook.token,
      push_events: hook.pushEvents,
      tag_push_events: hook.tagPushEvents,
      merge_requests_events: hook.mergeRequestsEvents,
    };
  }
}

class HandWritten extends pulumi.dynamic.Resource {
  constructor(name: string, { token, ...hook }: Hook) {
    super(new HookProvider(), name, { ...hook, token: pulumi.secret(token) });
  }
}

for (const [name, hook] of hooks()) new HandWritten(name, hook);
