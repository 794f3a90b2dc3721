#!/usr/bin/env bash
# Makes a token of the administrator with the scope api, good for a day, in the GitLab of compose.yaml, and prints it.
set -euo pipefail

token="glpat-$(head -c 64 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 20)"
# https://docs.gitlab.com/user/profile/personal_access_tokens/#create-a-personal-access-token-programmatically
docker compose --file "$(dirname "$0")/compose.yaml" exec -T gitlab gitlab-rails runner "
  token = User.find_by_username('root').personal_access_tokens.create(
    name: 'conformance', scopes: ['api'], expires_at: 1.day.from_now
  )
  token.set_token('$token')
  token.save!
" >&2
echo "$token"
