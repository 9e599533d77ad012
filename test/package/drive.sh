#!/usr/bin/env bash
# Packs the package, puts the tarball's files into an empty project, and uses them there as somebody would who installed it: an app
# in JavaScript is synthesized, one in TypeScript is checked, the command is run. Only the packages that the tarball's own
# package.json asks for are there, linked from this repository: downloading them again would take minutes and a network. Ends
# with 0 when all is so.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD
export PATH="$repository/node_modules/.bin:$PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "not as a package should be: $*" >&2
  exit 1
}

npm pack --silent --pack-destination "$work" >/dev/null
app="$work/app"
package="$app/node_modules/eks-rebind"
mkdir -p "$package"
tar xzf "$work"/eks-rebind-*.tgz --strip-components 1 -C "$package"
cd "$app"
echo '{ "private": true, "type": "module", "dependencies": { "eks-rebind": "*" } }' >package.json

wanted=$(node -p "
  const { dependencies, peerDependencies } = require('./node_modules/eks-rebind/package.json');
  Object.keys({ ...dependencies, ...peerDependencies }).join('\n')")
for name in $wanted; do
  mkdir -p "$(dirname "node_modules/$name")"
  ln -s "$repository/node_modules/$name" "node_modules/$name"
done
npm rebuild eks-rebind --ignore-scripts --offline --silent >/dev/null

echo '- synthesizes, without a bundler, what is uploaded: the bundle that is in the package'
cat >app.js <<'JS'
import { App, Stack } from 'aws-cdk-lib';
import { EksRebind } from 'eks-rebind';

const app = new App({ outdir: 'cdk.out', analyticsReporting: false });
new EksRebind(new Stack(app, 'Rebinding', { env: { region: 'us-east-1' } }), 'EksRebind');
const { template } = app.synth().getStackByName('Rebinding');
for (const { Type, Properties } of Object.values(template.Resources)) {
  if (Type === 'AWS::Lambda::Function') console.log(Properties.Handler);
}
JS
node app.js >handlers
[ "$(grep -c '^index\.[A-Z]' handlers)" -ge 15 ] || fail "its functions are $(tr '\n' ' ' <handlers)"
[ "$(ls -d cdk.out/asset.* | wc -l)" -eq 1 ] || fail "assets: $(ls cdk.out)"
diff -r cdk.out/asset.* "$package/dist/bundle" || fail 'another bundle is uploaded than the one it brings'
node -e "
  const bundle = require('$package/dist/bundle/index.js');
  const missing = require('node:fs').readFileSync('handlers', 'utf8').trim().split('\n').filter((one) => !bundle[one.slice(6)]);
  if (missing.length > 0) throw new Error('the bundle has no ' + missing);"

echo '- has types that are whole'
cat >app.ts <<'TS'
import { App, Duration, Stack } from 'aws-cdk-lib';
import { EksRebind, type EksRebindProps } from 'eks-rebind';

const props: EksRebindProps = { regions: ['us-east-1'], settleAge: Duration.minutes(3), mode: 'ask' };
const service = new EksRebind(new Stack(new App(), 'Rebinding'), 'EksRebind', props);
service.notifications.topicArn satisfies string;
// @ts-expect-error -- there is no such mode; were the types missing, nothing would be wrong with it
new EksRebind(new Stack(new App(), 'Other'), 'EksRebind', { mode: 'never' });
TS
# Without skipLibCheck, so that the package's own declarations are checked. CDK's name `Disposable`, which is in esnext.
tsc --noEmit --strict --module nodenext --target es2024 --lib esnext --types '' app.ts

echo '- has a command that helps, and tells the story from the bundle it brings'
node_modules/.bin/eks-rebind --help | grep -q 'demo \[options\]' || fail 'its --help'
node_modules/.bin/eks-rebind demo --bundled | tail -1 | grep -q 'Nothing was lost, nothing gained' || fail 'its story'

echo '- finds and heals a recreated role by npx, with nothing else installed'
npx --no-install eks-rebind local --no-service --port 0 >exports 2>/dev/null &
served=$!
trap 'kill "$served" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 60); do
  if grep -q AWS_DEFAULT_REGION exports; then break; fi
  sleep 0.5
done
eval "$(grep '^export AWS_' exports)"
ended=0
npx --no-install eks-rebind scan --region all --fail -o json >scan.json 2>/dev/null || ended=$?
[ "$ended" -eq 2 ] || fail "a scan that finds stale entries ended with $ended"
node -e "
  const { summary } = JSON.parse(require('node:fs').readFileSync('scan.json', 'utf8'));
  if (summary.verdicts.stale !== 3) throw new Error(JSON.stringify(summary));"
npx --no-install eks-rebind fix --region us-east-1 --cluster batch --yes 2>/dev/null | grep -q '^Rebound ' || fail 'its fix'
npx --no-install eks-rebind scan --region us-east-1 --cluster batch --fail >/dev/null 2>&1 || fail 'something is stale after its fix'
