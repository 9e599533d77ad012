import { definitionOf } from '../../infra/definitions.ts';
import { objectOr } from '../replay/json-object.ts';

/** Where the workflow would run, were it deployed: the parts of its ARNs. */
interface Whereabouts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * The very file that is deployed, for functions that are steps in this process. Without its time limits: Lambda ends a function
 * that takes too long, but nothing here could end a step, and it would go on beside its own retry. Each of its calls has a limit.
 */
export function localDefinition({ partition, region, accountId }: Whereabouts): string {
  const text = JSON.stringify(withoutTimeLimits(definitionOf('rebindEntry')));
  return text
    .replaceAll(/\$\{(\w+)Arn\}/g, `arn:${partition}:lambda:${region}:${accountId}:function:$1`)
    .replaceAll('${Partition}', partition);
}

function withoutTimeLimits(definition: object): object {
  const { TimeoutSeconds: _ofAll, States, ...kept } = objectOr(definition);
  const states = Object.entries(objectOr(States)).map(([name, state]) => {
    const { TimeoutSeconds: _ofOne, ...rest } = objectOr(state);
    return [name, rest];
  });
  return { ...kept, States: Object.fromEntries(states) };
}
