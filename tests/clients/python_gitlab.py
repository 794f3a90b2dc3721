"""What python-gitlab does with the emulator: every call counts, and one passes when it comes back with what was asked for."""

import io
import json
import os
import sys
import tempfile

import gitlab

gl = gitlab.Gitlab(os.environ["GITLAB_URL"], private_token=os.environ["GITLAB_TOKEN"])
with open(os.environ["INTEGRATIONS"], encoding="utf-8") as file:
    INTEGRATIONS = json.load(file)

PROJECT = 42
GROUP = 9
URL = "https://hooks.example.com/a"
results = []


def call(name, work, looks_right=lambda result: True):
    """Makes one call and looks at what it brought; returns it, or None when the call failed."""
    try:
        result = work()
        if looks_right(result):
            results.append({"name": name})
        else:
            results.append({"name": name, "problem": f"unexpected answer: {str(result)[:200]}"})
        return result
    except Exception as problem:  # Whatever goes wrong in a client is a failed call.
        results.append({"name": name, "problem": f"{type(problem).__name__}: {problem}"[:300]})
        return None


def listed(wanted):
    return lambda rows: any(row.id == wanted for row in rows)


def hooks(of, manager):
    made = call(
        f"{of}.create",
        lambda: manager.create({"url": URL, "push_events": 0, "issues_events": True, "token": "t"}),
        lambda hook: hook.push_events is False and hook.issues_events and hook.url == URL,
    )
    call(f"{of}.list", lambda: manager.list(get_all=True), listed(made.id))
    got = call(f"{of}.get", lambda: manager.get(made.id), lambda hook: hook.id == made.id)
    call(f"{of}.update", lambda: manager.update(made.id, {"url": URL, "note_events": True}), lambda hook: hook["note_events"])
    got.url = f"{URL}/b"
    call(f"{of} save", got.save)
    call(f"{of} test", lambda: got.test("push_events"))
    call(f"{of}.get again", lambda: manager.get(made.id), lambda hook: hook.url == f"{URL}/b" and hook.note_events)
    call(f"{of} delete", got.delete)
    second = manager.create({"url": URL})
    call(f"{of}.delete", lambda: manager.delete(second.id))


def system_hooks():
    made = call("hooks.create", lambda: gl.hooks.create({"url": URL}), lambda hook: hook.repository_update_events)
    call("hooks.list", lambda: gl.hooks.list(get_all=True), listed(made.id))
    call("hooks.get", lambda: gl.hooks.get(made.id), lambda hook: hook.url == URL)
    call("hooks delete", made.delete)


def integrations(project):
    manager = project.integrations
    for slug, body in INTEGRATIONS.items():
        is_this = lambda row: row.slug == slug and row.active  # noqa: E731
        call(f"integrations.update {slug}", lambda: manager.update(slug, body), lambda row: row["slug"] == slug)
        got = call(f"integrations.get {slug}", lambda: manager.get(slug), is_this)
        call(f"integrations.list with {slug}", lambda: manager.list(get_all=True), lambda rows: any(map(is_this, rows)))
        call(f"integrations.delete {slug}", lambda: manager.delete(slug))
        call(f"integrations.get {slug} after", lambda: manager.get(slug), lambda row: row.active is False)
        del got
    slack = call("services.update slack", lambda: project.services.update("slack", INTEGRATIONS["slack"]))
    call("services.get slack", lambda: project.services.get("slack"), lambda row: row.id == slack["id"])


def push_rules(of, manager):
    call(f"{of}.create", lambda: manager.create({"member_check": True}), lambda rule: rule.member_check)
    got = call(f"{of}.get", manager.get, lambda rule: rule.member_check)
    got.max_file_size = 5
    call(f"{of} save", got.save)
    call(f"{of}.update", lambda: manager.update(new_data={"deny_delete_tag": True}), lambda rule: rule["deny_delete_tag"])
    call(f"{of}.get again", manager.get, lambda rule: rule.max_file_size == 5 and rule.deny_delete_tag)
    call(f"{of} delete", got.delete)


def notifications(of, manager):
    got = call(f"{of}.get", manager.get, lambda settings: isinstance(settings.level, str))
    got.level = "watch"
    call(f"{of} save", got.save)
    call(
        f"{of}.update",
        lambda: manager.update(new_data={"level": "custom", "new_note": True}),
        lambda settings: settings["events"]["new_note"] is True,
    )
    call(f"{of}.get again", manager.get, lambda settings: settings.level == "custom")


def projects():
    manager = gl.projects
    made = call(
        "projects.create",
        lambda: manager.create({"name": "Größe", "namespace_id": 11, "topics": ["b", "a"]}),
        lambda project: project.path == "grosse" and project.topics == ["a", "b"],
    )
    call("projects.create for a user", lambda: gl.users.get(1).projects.create({"name": "Theirs"}), lambda p: p.path == "Theirs")
    call("projects.list", lambda: manager.list(get_all=True, per_page=3), listed(made.id))
    call(
        "projects.list by keyset",
        lambda: manager.list(get_all=True, pagination="keyset", order_by="id", per_page=3),
        listed(made.id),
    )
    call("projects.list iterator", lambda: list(manager.list(iterator=True, search="größe")), listed(made.id))
    got = call("projects.get", lambda: manager.get(made.id, statistics=True), lambda p: p.statistics["commit_count"] == 0)
    call("projects.get by path", lambda: manager.get("globex/grosse"), lambda p: p.id == made.id)
    got.description = "d"
    got.container_expiration_policy_attributes = {"keep_n": 5}
    call("projects save", got.save)
    call("projects.update", lambda: manager.update(made.id, {"merge_method": "ff"}), lambda p: p["merge_method"] == "ff")
    call(
        "projects.get again",
        lambda: manager.get(made.id),
        lambda p: p.description == "d" and p.merge_method == "ff" and p.container_expiration_policy["keep_n"] == 5,
    )
    picture = io.BytesIO(b"x")
    picture.name = "a.png"
    call("projects.update avatar", lambda: manager.update(made.id, {"avatar": picture}), lambda p: p["avatar_url"])
    call("projects.update without avatar", lambda: manager.update(made.id, {"avatar": ""}), lambda p: p["avatar_url"] is None)
    project = manager.get(PROJECT)
    people_and_groups(project)
    with tempfile.NamedTemporaryFile(suffix=".txt") as upload:
        call("projects upload", lambda: project.upload("a.txt", filepath=upload.name), lambda answer: "url" in answer)
    call("projects archive", got.archive)
    call("projects unarchive", got.unarchive)
    call("projects transfer", lambda: got.transfer(GROUP))
    call("projects.get after transfer", lambda: manager.get("acme/grosse"), lambda p: p.id == made.id)
    call("projects delete", got.delete)
    call("projects restore", got.restore)
    call("projects.delete", lambda: manager.delete(made.id))


def people_and_groups(project):
    call("projects share", lambda: project.share(11, 30))
    call("projects groups.list", lambda: project.groups.list(get_all=True, with_shared=True), listed(11))
    call("projects unshare", lambda: project.unshare(11))
    call("projects users.list", lambda: project.users.list(get_all=True), listed(1))
    call("projects star", project.star)
    call("projects unstar", project.unstar)
    call("projects languages", project.languages, lambda languages: languages["Shell"] > 0)
    call("projects housekeeping", project.housekeeping)
    call("projects snapshot", project.snapshot, lambda content: len(content) > 0)
    call("projects storage.get", project.storage.get)
    fork = call("forks.create", lambda: project.forks.create({"namespace_id": 11, "name": "Fork", "path": "fork"}))
    call("forks.list", lambda: project.forks.list(get_all=True), listed(fork.id))
    forked = gl.projects.get(fork.id)
    call("projects delete_fork_relation", forked.delete_fork_relation)
    call("projects create_fork_relation", lambda: forked.create_fork_relation(43))


def mirrors(project):
    url = "https://joe:secret@git.example.com/a.git"
    remote = project.remote_mirrors
    made = call("remote_mirrors.create", lambda: remote.create({"url": url, "enabled": True}), lambda mirror: mirror.enabled)
    call("remote_mirrors.list", lambda: remote.list(get_all=True), listed(made.id))
    call(
        "remote_mirrors.update",
        lambda: remote.update(made.id, {"only_protected_branches": True}),
        lambda mirror: mirror["only_protected_branches"],
    )
    made.keep_divergent_refs = True
    call("remote_mirrors save", made.save)
    call("remote_mirrors sync", made.sync)
    call("remote_mirrors delete", made.delete)
    pull = project.pull_mirror
    call("pull_mirror.create", lambda: pull.create({"url": url, "enabled": True}), lambda mirror: mirror.enabled)
    got = call("pull_mirror.get", pull.get, lambda mirror: "*****" in mirror.url)
    call("pull_mirror.start", pull.start)
    got.mirror_trigger_builds = True
    call("pull_mirror save", got.save)
    call("pull_mirror.update", lambda: pull.update(new_data={"enabled": True}), lambda mirror: mirror["mirror_trigger_builds"])


def custom_attributes(of, manager):
    is_set = lambda attribute: attribute.key == "team" and attribute.value == "core"  # noqa: E731
    call(f"{of}.set", lambda: manager.set("team", "core"), is_set)
    call(f"{of}.get", lambda: manager.get("team"), is_set)
    call(f"{of}.list", lambda: manager.list(get_all=True), lambda rows: any(map(is_set, rows)))
    call(f"{of}.delete", lambda: manager.delete("team"))


def groups():
    manager = gl.groups
    made = call(
        "groups.create",
        lambda: manager.create({"name": "New", "path": "new", "project_creation_level": "noone"}),
        lambda group: group.project_creation_level == "noone",
    )
    call("groups.list", lambda: manager.list(get_all=True), listed(made.id))
    got = call("groups.get", lambda: manager.get(made.id), lambda group: group.two_factor_grace_period == 48)
    got.membership_lock = True
    call("groups save", got.save)
    call("groups.update", lambda: manager.update(made.id, {"emails_enabled": False}), lambda group: group["emails_disabled"])
    call("groups.get again", lambda: manager.get(made.id), lambda group: group.membership_lock)
    acme = manager.get(GROUP)
    call("groups subgroups.list", lambda: acme.subgroups.list(get_all=True), listed(10))
    call("groups descendant_groups.list", lambda: acme.descendant_groups.list(get_all=True), listed(10))
    call("groups projects.list", lambda: acme.projects.list(get_all=True), listed(PROJECT))
    call("groups delete", got.delete)


def instance():
    call("get_license", gl.get_license, lambda licence: licence["plan"] == "ultimate")
    call("version", gl.version, lambda version: version[0].endswith("-ee"))
    call("auth", lambda: gl.auth() or gl.user.username, lambda name: name == "root")
    call("namespaces.get", lambda: gl.namespaces.get("acme"), lambda namespace: namespace.id == GROUP)
    call("topics.list", lambda: gl.topics.list(get_all=True), lambda rows: len(rows) == 2)


project = gl.projects.get(PROJECT)
group = gl.groups.get(GROUP)
hooks("projects hooks", project.hooks)
hooks("groups hooks", group.hooks)
system_hooks()
integrations(project)
push_rules("projects pushrules", project.pushrules)
push_rules("groups pushrules", group.pushrules)
notifications("notificationsettings", gl.notificationsettings)
notifications("projects notificationsettings", project.notificationsettings)
notifications("groups notificationsettings", group.notificationsettings)
projects()
mirrors(project)
custom_attributes("projects customattributes", project.customattributes)
custom_attributes("groups customattributes", group.customattributes)
groups()
instance()
json.dump(results, sys.stdout)
