#!/usr/bin/env bash
# Drives `npm run local` with the AWS CLI as a person would: deletes a role, creates it again, and waits until its access entry's
# ARN has changed while tags, groups, username and policies stayed. Ends with 0 when all is so, or when there is no AWS CLI that
# knows access entries (said loudly); with 1 otherwise.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! aws eks create-access-entry --generate-cli-skeleton >/dev/null 2>&1; then
  echo '!!! LEFT OUT: no aws on the PATH that knows `eks create-access-entry`, so the AWS CLI was not driven !!!'
  exit 0
fi

work=$(mktemp -d)
server=
finish() {
  code=$?
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then kill -TERM "$server" && wait "$server" || true; fi
  if [ "$code" -ne 0 ]; then sed 's/^/  local: /' "$work/stderr" || true; fi
  rm -rf "$work"
}
trap finish EXIT

# Node itself and not npm, so that the signal at the end reaches the server.
node_modules/.bin/node bin/eks-rebind.ts local --port 0 --approver arn:aws:iam::111122223333:user/grace >"$work/stdout" 2>"$work/stderr" &
server=$!
for _ in $(seq 60); do
  grep -q '^export AWS_DEFAULT_REGION=' "$work/stdout" && break
  kill -0 "$server" || { echo 'the local AWS ended before it served'; exit 1; }
  sleep 0.5
done
eval "$(grep '^export ' "$work/stdout")"
unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_CONFIG_FILE="$work/config" AWS_SHARED_CREDENTIALS_FILE="$work/credentials" AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
export AWS_MAX_ATTEMPTS=3

account=$(aws sts get-caller-identity --query Account --output text)
role=platform-engineers
arn="arn:aws:iam::$account:role/team/platform/$role"
entry=(--cluster-name platform --principal-arn "$arn")

entry_arn() { aws eks describe-access-entry "${entry[@]}" --query accessEntry.accessEntryArn --output text 2>/dev/null || echo none; }
# All that a person set, in an order of its own; times and ARNs change with a rebind.
configuration() {
  aws eks describe-access-entry "${entry[@]}" --output json \
    --query 'accessEntry.{type: type, username: username, groups: sort(kubernetesGroups), tags: tags}'
  aws eks list-associated-access-policies "${entry[@]}" --output json \
    --query 'sort_by(associatedAccessPolicies, &policyArn)[].{policy: policyArn, scope: accessScope}'
}

was_arn=$(entry_arn)
configuration >"$work/was"
trust=$(aws iam get-role --role-name "$role" --query Role.AssumeRolePolicyDocument --output json)
was_id=$(aws iam get-role --role-name "$role" --query Role.RoleId --output text)
# A person who answers: to Lambda's URL as AWS tells it, but over the loopback address, where *.localhost is to curl. The
# administrator is known by the signature, and no approver here; without one nobody gets in.
answer_url=$(aws lambda get-function-url-config --function-name eks-rebind-AnswerApproval --query FunctionUrl --output text)
near="http://$(cut -d/ -f3 <<<"$answer_url" | sed 's/on\.aws$/localhost/'):${AWS_ENDPOINT_URL##*:}/"
if curl --help all 2>/dev/null | grep -q -- --aws-sigv4; then
  said=$(curl -sS --aws-sigv4 "aws:amz:$AWS_REGION:lambda" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
    -d '{"schemaVersion":1,"question":"000000000000000000000000","answer":"approve"}' "$near")
  grep -q "$(aws sts get-caller-identity --query Arn --output text) is not among the approvers" <<<"$said" ||
    { echo "AnswerApproval said: $said"; exit 1; }
  said=$(curl -sS -d '{}' "$near")
  [ "$said" = '{"Message":"Forbidden"}' ] || { echo "without a signature: $said"; exit 1; }
else
  echo '!!! LEFT OUT: no curl that knows --aws-sigv4, so nobody answered by URL !!!'
fi

# The inventory has to have seen the role alive: it is taken at the start and every few seconds.
sleep 3

aws iam delete-role --role-name "$role"
aws iam create-role --role-name "$role" --path /team/platform/ --assume-role-policy-document "$trust" >"$work/role"
echo "recreated $arn (was $was_id); waiting for its access entry"

is_same() { configuration >"$work/is" 2>/dev/null && diff "$work/was" "$work/is" >"$work/diff"; }
for second in $(seq 120); do
  is_arn=$(entry_arn)
  if [ "$is_arn" != none ] && [ "$is_arn" != "$was_arn" ] && is_same; then
    aws stepfunctions list-executions --status-filter SUCCEEDED --query 'executions[].name' --output text \
      --state-machine-arn "arn:aws:states:$AWS_REGION:$account:stateMachine:eks-rebind-rebind-entry" | grep -q "$role" && break
  fi
  if [ "$second" -eq 120 ]; then
    echo "not rebound after two minutes of looking: was $was_arn, is $is_arn"
    cat "$work/diff" 2>/dev/null || true
    exit 1
  fi
  sleep 1
done

kill -TERM "$server"
ended=0
wait "$server" || ended=$?
server=
[ "$ended" -eq 143 ] || { echo "the local AWS ended with $ended, not 143"; exit 1; }
echo "$was_arn"
echo "$is_arn"
echo 'ok: the AWS CLI recreated a role; its access entry was rebound, with tags, groups, username and policies as they were'
