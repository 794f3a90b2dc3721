package main

import (
	"strings"

	gitlab "gitlab.com/gitlab-org/api/client-go/v2"
)

func projects(api *gitlab.Client) {
	of := api.Projects
	made := call(of, "CreateProject", object{"path": "grosse", "topics": []any{"a", "b"}},
		object{"name": "Größe", "namespace_id": 11, "topics": []string{"b", "a"}})
	id := idOf(made)
	call(of, "CreateProjectForUser", object{"path": "Theirs"}, 1, object{"name": "Theirs"})
	call(of, "ListProjects", object{"id": id}, object{"search": "größe"})
	call(of, "ListUserProjects", object{"path": "Theirs"}, 1, object{})
	call(of, "GetProject", object{"id": id, "statistics": object{"commit_count": 0}}, id, object{"statistics": true})
	call(of, "GetProject", object{"id": id}, "globex/grosse", object{})
	call(of, "EditProject", object{"merge_method": "ff", "container_expiration_policy": object{"keep_n": 5}}, id,
		object{"description": "d", "merge_method": "ff", "container_expiration_policy_attributes": object{"keep_n": 5}})
	call(of, "UploadAvatar", object{"id": id}, id, strings.NewReader("x"), "a.png")
	call(of, "DownloadAvatar", nil, id)
	people(api)
	call(of, "ArchiveProject", object{"archived": true}, id)
	call(of, "UnarchiveProject", object{"archived": false}, id)
	call(of, "TransferProject", object{"path_with_namespace": "acme/grosse"}, id, object{"namespace": group})
	call(of, "DeleteProject", nil, id, object{})
	call(of, "RestoreProject", object{"path": "grosse"}, id)
	call(of, "DeleteProject", nil, id, object{})
}

func people(api *gitlab.Client) {
	of := api.Projects
	call(of, "ShareProjectWithGroup", nil, project, object{"group_id": 11, "group_access": 30})
	call(of, "ListProjectsGroups", object{"id": 11}, project, object{"with_shared": true})
	call(of, "ListProjectsInvitedGroups", object{"id": 11}, project, object{})
	call(of, "DeleteSharedProjectFromGroup", nil, project, 11)
	call(of, "ListProjectsUsers", object{"id": 1}, project, object{})
	call(of, "StarProject", object{"star_count": 1}, project)
	call(of, "ListProjectStarrers", nil, project, object{})
	call(of, "ListUserStarredProjects", object{"id": project}, 1, object{})
	call(of, "UnstarProject", object{"star_count": 0}, project)
	call(of, "GetProjectLanguages", nil, project)
	call(of, "StartHousekeepingProject", nil, project)
	call(of, "GetRepositoryStorage", object{"project_id": project}, project)
	fork := idOf(call(of, "ForkProject", object{"path": "fork"}, project,
		object{"namespace_id": 11, "name": "Fork", "path": "fork"}))
	call(of, "ListProjectForks", object{"id": fork}, project, object{})
	call(of, "DeleteProjectForkRelation", nil, fork)
	call(of, "CreateProjectForkRelation", nil, fork, 43)
}

func mirrors(api *gitlab.Client) {
	of, url, masked := api.ProjectMirrors, "https://joe:secret@git.example.com/a.git", "https://*****:*****@git.example.com/a.git"
	id := idOf(call(of, "AddProjectMirror", object{"enabled": true, "url": masked}, project, object{"url": url, "enabled": true}))
	call(of, "ListProjectMirror", object{"id": id}, project, object{})
	call(of, "GetProjectMirror", object{"id": id}, project, id)
	call(of, "EditProjectMirror", object{"keep_divergent_refs": true}, project, id, object{"keep_divergent_refs": true})
	call(of, "ForcePushMirrorUpdate", nil, project, id)
	call(of, "DeleteProjectMirror", nil, project, id)
	key := object{"url": "ssh://git@git.example.com/a.git", "auth_method": "ssh_public_key"}
	call(of, "GetProjectMirrorPublicKey", nil, project, idOf(call(of, "AddProjectMirror", nil, project, key)))
	call(api.Projects, "ConfigureProjectPullMirror", object{"enabled": true, "url": masked}, project,
		object{"url": url, "enabled": true})
	call(api.Projects, "GetProjectPullMirrorDetails", object{"url": masked}, project)
	call(api.Projects, "StartMirroringProject", nil, project)
}

func customAttributes(api *gitlab.Client) {
	for kind, parent := range map[string]int{"Project": project, "Group": group} {
		of, attribute := api.CustomAttribute, object{"key": "team", "value": "core"}
		call(of, "SetCustom"+kind+"Attribute", attribute, parent, attribute)
		call(of, "GetCustom"+kind+"Attribute", attribute, parent, "team")
		call(of, "ListCustom"+kind+"Attributes", attribute, parent)
		call(of, "DeleteCustom"+kind+"Attribute", nil, parent, "team")
	}
}

func groups(api *gitlab.Client) {
	of := api.Groups
	id := idOf(call(of, "CreateGroup", object{"project_creation_level": "noone"},
		object{"name": "New", "path": "new", "project_creation_level": "noone"}))
	call(of, "ListGroups", object{"id": id}, object{})
	call(of, "SearchGroup", object{"id": id}, "new")
	call(of, "GetGroup", object{"id": id, "two_factor_grace_period": 48}, id, object{})
	call(of, "UpdateGroup", object{"membership_lock": true, "emails_enabled": false}, id,
		object{"membership_lock": true, "emails_enabled": false})
	call(of, "UploadAvatar", object{"id": id}, id, strings.NewReader("x"), "a.png")
	call(of, "ListSubGroups", object{"id": 10}, group, object{})
	call(of, "ListDescendantGroups", object{"id": 10}, group, object{})
	call(of, "ListGroupProjects", object{"id": project}, group, object{})
	call(of, "ArchiveGroup", nil, id)
	call(of, "UnarchiveGroup", nil, id)
	call(of, "DeleteGroup", nil, id, object{})
}

func instance(api *gitlab.Client) {
	call(api.License, "GetLicense", object{"plan": "ultimate"})
	call(api.Metadata, "GetMetadata", object{"enterprise": true, "kas": object{"enabled": false}})
	call(api.Version, "GetVersion", object{"revision": "5a4d0b1c2e3"})
	call(api.Namespaces, "GetNamespace", object{"id": group}, "acme")
	call(api.Topics, "ListTopics", object{"name": "a"}, object{})
	call(api.Users, "CurrentUser", object{"username": "root"})
}
