#!/usr/bin/env bash
# Sends the dead letters of eks-rebind again: starts the state machine that each was meant for, and takes it out of the queue once
# that is started. It changes nothing unless it is told to. Needs the AWS CLI, with credentials and region as always.
set -euo pipefail

queue=eks-rebind-dead-letters
yes=

usage() {
  cat <<'USAGE'
usage: redrive-dead-letters.sh [--yes] [--queue NAME] [--help]

Shows the dead letters of eks-rebind: which event each is, which state machine it was meant for, and why it didn't get there.

  --yes         start the state machines, one message at a time, and delete each message once its execution is started
  --queue NAME  the queue, where you gave the construct another namePrefix (default: eks-rebind-dead-letters)
  --help        show this

Mend the cause first (docs/runbook.md, "Send dead letters again"). Ends with 0 when all went well, with 1 when something was
left in the queue, with 2 when it was called wrongly.
USAGE
}

while [ $# -gt 0 ]; do
  case $1 in
    --yes) yes=1 ;;
    --queue) [ $# -gt 1 ] || { echo '--queue is the name of a queue, wanted one after it' >&2; exit 2; }; queue=$2; shift ;;
    --help) usage; exit 0 ;;
    *) echo "'$1' is no option; see --help" >&2; exit 2 ;;
  esac
  shift
done

# Version 1 of the AWS CLI has endpoints of its own for SQS, whatever AWS_ENDPOINT_URL says (awscli/customizations/overridesslcommonname.py).
sqs() {
  aws sqs "$@" ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"}
}

url=$(sqs get-queue-url --queue-name "$queue" --query QueueUrl --output text)

# Up to $2 messages, each hidden from others for $1 seconds: EventBridge writes the event as the body, and the rest as attributes
# (EventBridge user guide, "Using dead-letter queues"). Between the fields are tabs, which an event's JSON doesn't hold.
receive() {
  sqs receive-message --queue-url "$url" --max-number-of-messages "$2" --visibility-timeout "$1" --wait-time-seconds 2 \
    --message-attribute-names All --output text --query 'Messages[].[MessageId, ReceiptHandle,
      MessageAttributes.TARGET_ARN.StringValue, Body, MessageAttributes.ERROR_CODE.StringValue,
      MessageAttributes.ERROR_MESSAGE.StringValue]'
}

# The sweep's own input is a constant, and not the event of its schedule.
input_for() {
  case $1 in
    *:stateMachine:*sweep) echo '{"schemaVersion":1}' ;;
    *) printf '%s' "$2" ;;
  esac
}

# A line of `receive`, into words; ends with 1 where there is none.
read_message() {
  IFS=$'\t' read -r id receipt target body code message <<<"$1"
  [ -n "$id" ] && [ "$id" != None ]
}

tell() {
  printf '%s\n  meant for  %s\n  refused    %s: %s\n  event      %s\n' "$id" "$target" "$code" "$message" "$body"
}

if [ -z "$yes" ]; then
  waiting=$(sqs get-queue-attributes --queue-url "$url" --attribute-names ApproximateNumberOfMessages \
    --query Attributes.ApproximateNumberOfMessages --output text)
  echo "$queue holds about $waiting messages, of which at most ten are shown"
  shown=$(receive 0 10)
  while read -r line; do
    if read_message "$line"; then tell; fi
  done <<<"$shown"
  echo 'nothing was changed; say --yes to start the state machines'
  exit 0
fi

started=0
while true; do
  line=$(receive 120 1)
  read_message "$line" || break
  tell
  case $target in
    arn:*:states:*:stateMachine:*) ;;
    *)
      echo "  left in the queue: '$target' is no state machine" >&2
      exit 1
      ;;
  esac
  # Named after the message: started once, even where deleting it failed the last time.
  if said=$(aws stepfunctions start-execution --state-machine-arn "$target" --name "redrive-$id" \
    --input "$(input_for "$target" "$body")" --query executionArn --output text 2>&1); then
    echo "  started    $said"
  elif grep -q ExecutionAlreadyExists <<<"$said"; then
    echo "  started    before, as redrive-$id"
  else
    echo "  left in the queue, hidden for two minutes: $said" >&2
    exit 1
  fi
  sqs delete-message --queue-url "$url" --receipt-handle "$receipt"
  started=$((started + 1))
done
echo "done: $started sent again"
