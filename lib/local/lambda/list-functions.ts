import type { ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda';
import type { Call } from '../call.ts';
import type { FunctionState } from './function-state.ts';
import { functionAnswer } from './get-function.ts';

// Lambda API reference, ListFunctions: at most 50 a page, whatever was asked for.
const MOST_ITEMS = 50;

/** Lists the caller's functions in the call's region. */
export function listFunctions(
  { MaxItems = MOST_ITEMS, Marker }: ListFunctionsRequest,
  state: FunctionState,
  call: Call,
) {
  const rest = state
    .of(call.caller.accountId, call.region)
    .filter(({ name }) => Marker === undefined || name > Buffer.from(Marker, 'base64').toString());
  const shown = rest.slice(0, Math.min(MaxItems, MOST_ITEMS));
  const last = shown.at(-1);
  const isAll = last === undefined || shown.length === rest.length;
  return {
    Functions: shown.map(functionAnswer),
    ...(!isAll && { NextMarker: Buffer.from(last.name).toString('base64') }),
  } satisfies ListFunctionsResponse;
}
