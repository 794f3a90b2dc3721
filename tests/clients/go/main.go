// What client-go does with the emulator: every call counts, and one passes when it comes back with what was asked for.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	gitlab "gitlab.com/gitlab-org/api/client-go/v2"
)

const (
	project = 42
	group   = 9
	address = "https://hooks.example.com/a"
)

func main() {
	api, failure := gitlab.NewClient(
		os.Getenv("GITLAB_TOKEN"), gitlab.WithBaseURL(os.Getenv("GITLAB_URL")), gitlab.WithCustomRetryMax(0))
	if failure != nil {
		panic(failure)
	}
	hooks(api)
	systemHooks(api)
	projectIntegrations(api)
	groupIntegrations(api)
	pushRules(api)
	notifications(api)
	projects(api)
	mirrors(api)
	customAttributes(api)
	groups(api)
	instance(api)
	_ = json.NewEncoder(os.Stdout).Encode(outcomes)
}

func hooks(api *gitlab.Client) {
	for _, each := range []struct {
		service           any
		parent            int
		kind, urlVariable string
	}{
		{api.Projects, project, "Project", "ProjectWebhookURLVariable"},
		{api.Groups, group, "Group", "GroupHookURLVariable"},
	} {
		of, in, hook := each.service, each.parent, each.kind+"Hook"
		made := call(of, "Add"+hook, object{"push_events": false, "issues_events": true, "url": address}, in,
			object{"url": address, "push_events": false, "issues_events": true, "token": "t"})
		id := idOf(made)
		call(of, "List"+hook+"s", object{"id": id}, in, object{})
		call(of, "Get"+hook, object{"id": id}, in, id)
		call(of, "Edit"+hook, object{"note_events": true}, in, id, object{"url": address, "note_events": true})
		call(of, "Set"+each.kind+"CustomHeader", nil, in, id, "X-A", object{"value": "1"})
		call(of, "Delete"+each.kind+"CustomHeader", nil, in, id, "X-A")
		call(of, "Set"+each.urlVariable, nil, in, id, "part", object{"value": "1"})
		call(of, "Delete"+each.urlVariable, nil, in, id, "part")
		call(of, "TriggerTest"+hook, nil, in, id, "push_events")
		call(of, "Delete"+hook, nil, in, id)
	}
}

func systemHooks(api *gitlab.Client) {
	of := api.SystemHooks
	id := idOf(call(of, "AddHook", object{"push_events": true}, object{"url": address, "push_events": true, "token": "t"}))
	call(of, "ListHooks", object{"id": id})
	call(of, "GetHook", object{"id": id, "url": address}, id)
	call(of, "EditHook", object{"tag_push_events": true}, id, object{"url": address, "tag_push_events": true})
	call(of, "SetHookURLVariable", nil, id, "part", object{"value": "1"})
	call(of, "DeleteHookURLVariable", nil, id, "part")
	call(of, "TestHook", object{"event_name": "project_create"}, id)
	call(of, "DeleteHook", nil, id)
}

func bodies() map[string]object {
	text, failure := os.ReadFile(os.Getenv("INTEGRATIONS"))
	if failure != nil {
		panic(failure)
	}
	all := map[string]object{}
	if failure := json.Unmarshal(text, &all); failure != nil {
		panic(failure)
	}
	return all
}

// The integrations of projects that have calls of their own, by what these calls name them.
var projectSlugs = map[string]string{
	"CustomIssueTracker": "custom-issue-tracker", "DataDog": "datadog", "Discord": "discord", "DroneCI": "drone-ci",
	"EmailsOnPush": "emails-on-push", "ExternalWiki": "external-wiki", "Github": "github", "Harbor": "harbor",
	"JenkinsCI": "jenkins", "Jira": "jira", "Matrix": "matrix", "Mattermost": "mattermost",
	"MattermostSlashCommands": "mattermost-slash-commands", "MicrosoftTeams": "microsoft-teams",
	"PipelinesEmail": "pipelines-email", "Redmine": "redmine", "Slack": "slack", "Telegram": "telegram",
	"YouTrack": "youtrack",
}

func projectIntegrations(api *gitlab.Client) {
	of, values := api.Services, bodies()
	services := reflect.TypeOf(of)
	for index := range services.NumMethod() {
		name, isGet := strings.CutPrefix(services.Method(index).Name, "Get")
		slug, isKnown := projectSlugs[strings.TrimSuffix(name, "Service")]
		if !isGet || !isKnown {
			continue
		}
		call(of, "Set"+name, object{"slug": slug, "active": true}, project, values[slug])
		call(of, "Get"+name, object{"slug": slug, "active": true}, project)
		call(of, "ListServices", object{"slug": slug}, project)
		call(of, "Delete"+name, nil, project)
	}
}

func groupIntegrations(api *gitlab.Client) {
	of, values := api.Integrations, bodies()
	for _, each := range []struct{ slug, set, get, end string }{
		{"mattermost", "SetGroupMattermostIntegration", "GetGroupMattermostIntegration", "DeleteGroupMattermostIntegration"},
		{"mattermost-slash-commands", "SetGroupMattermostSlashCommandsIntegration",
			"GetGroupMattermostSlashCommandsIntegration", "DeleteGroupMattermostSlashCommandsIntegration"},
		{"datadog", "SetGroupDatadogIntegration", "GetGroupDatadogIntegration", "DeleteGroupDatadogIntegration"},
		{"harbor", "SetUpGroupHarbor", "GetGroupHarborSettings", "DisableGroupHarbor"},
		{"microsoft-teams", "SetGroupMicrosoftTeamsNotifications", "GetGroupMicrosoftTeamsNotifications",
			"DisableGroupMicrosoftTeamsNotifications"},
		{"jira", "SetUpGroupJira", "GetGroupJiraSettings", "DisableGroupJira"},
		{"slack", "SetGroupSlackSettings", "GetGroupSlackSettings", "DisableGroupSlack"},
	} {
		wanted := object{"slug": each.slug}
		call(of, each.set, wanted, group, values[each.slug])
		call(of, each.get, wanted, group)
		call(of, "ListActiveGroupIntegrations", object{"slug": each.slug}, group, object{})
		call(of, each.end, nil, group)
	}
	call(of, "SetGroupWebexTeamsSettings", nil, group, values["webex-teams"])
	slug := object{"slug": "hangouts-chat", "active": true}
	call(of, "SetProjectGoogleChatSettings", slug, project, values["hangouts-chat"])
	call(of, "GetProjectGoogleChatSettings", slug, project)
	call(of, "DisableProjectGoogleChat", nil, project)
}

func pushRules(api *gitlab.Client) {
	for _, each := range []struct {
		service any
		parent  int
		kind    string
	}{{api.Projects, project, "Project"}, {api.Groups, group, "Group"}} {
		of, in := each.service, each.parent
		call(of, "Add"+each.kind+"PushRule", object{"commit_message_regex": "^A", "member_check": true}, in,
			object{"commit_message_regex": "^A", "member_check": true})
		call(of, "Get"+each.kind+"PushRules", object{"member_check": true}, in)
		call(of, "Edit"+each.kind+"PushRule", object{"max_file_size": 5, "member_check": true}, in, object{"max_file_size": 5})
		call(of, "Delete"+each.kind+"PushRule", nil, in)
	}
}

func notifications(api *gitlab.Client) {
	of := api.NotificationSettings
	custom, shown := object{"level": "custom", "new_note": true}, object{"level": "custom", "events": object{"new_note": true}}
	call(of, "GetGlobalSettings", object{"level": "participating"})
	call(of, "UpdateGlobalSettings", shown, custom)
	call(of, "GetSettingsForProject", object{"level": "global"}, project)
	call(of, "UpdateSettingsForProject", shown, project, custom)
	call(of, "UpdateSettingsForProject", object{"level": "watch"}, project, object{"level": "watch"})
	call(of, "GetSettingsForGroup", object{"level": "global"}, group)
	call(of, "UpdateSettingsForGroup", shown, group, custom)
}
