type Input = Readonly<Record<string, unknown>>;

/** What a condition key's values are read from. */
export interface KeySource {
  /** The call's input; for PutEvents one entry of it. */
  readonly input: Input;
  readonly operation: string;
  /** The partition key's attribute of the table or index that the call reads. */
  readonly hashKey?: string | undefined;
}

/** A condition key that an action has: whether it may have several values, and which ones a request gives it. */
export interface ConditionKey {
  readonly isMultivalued: boolean;
  /** Undefined where the request doesn't have the key. */
  readonly values: (source: KeySource) => readonly string[] | undefined;
}

type Keys = Readonly<Record<string, ConditionKey>>;

const membersOf = (value: unknown): Input => (typeof value === 'object' && value !== null ? { ...value } : {});
const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;

const single = (read: (source: KeySource) => unknown): ConditionKey => ({
  isMultivalued: false,
  values: (source) => {
    const value = read(source);
    return typeof value === 'string' ? [value] : undefined;
  },
});
const multi = (values: ConditionKey['values']): ConditionKey => ({ isMultivalued: true, values });
const member = (name: string) => single(({ input }) => input[name]);
const always = (value: string) => single(() => value);

/** Tags in a request, by name: EKS has a map, IAM a list. */
function tagsOf({ input }: KeySource): ReadonlyMap<string, string> {
  const list = Array.isArray(input['Tags']) ? input['Tags'].map(membersOf) : [];
  const named = list.map((tag) => [String(tag['Key']), String(tag['Value'])] as const);
  const mapped = Object.entries(membersOf(input['tags'])).map(([name, value]) => [name, String(value)] as const);
  return new Map([...named, ...mapped]);
}

const TAGGING: Keys = {
  // The rest of the key's name, which isn't case-sensitive either, is a tag's.
  'aws:RequestTag/*': single(() => undefined),
  'aws:TagKeys': multi((source) => {
    const removed = textsOf(source.input['tagKeys'] ?? source.input['TagKeys']);
    const keys = removed ?? [...tagsOf(source).keys()];
    return keys.length > 0 ? keys : undefined;
  }),
};

const accessScope = ({ input }: KeySource) => membersOf(input['accessScope']);

const ACCESS_POLICY: Keys = {
  'eks:policyArn': member('policyArn'),
  'eks:accessScope': single((source) => accessScope(source)['type']),
  'eks:namespaces': multi((source) => textsOf(accessScope(source)['namespaces'])),
};

/** The partition keys that a call of DynamoDB names; for a Query the one its key condition compares with. */
function leadingKeys({ input, hashKey }: KeySource): readonly string[] | undefined {
  if (hashKey === undefined) return undefined;
  const valueOf = (value: unknown) => Object.values(membersOf(value)).filter((one) => typeof one === 'string');
  const item = membersOf(input['Key'] ?? input['Item']);
  if (hashKey in item) return valueOf(item[hashKey]);
  const names = membersOf(input['ExpressionAttributeNames']);
  const written = typeof input['KeyConditionExpression'] === 'string' ? input['KeyConditionExpression'] : '';
  for (const [, name = '', value = ''] of written.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((names[name] ?? name) === hashKey) return valueOf(membersOf(input['ExpressionAttributeValues'])[value]);
  }
  return undefined;
}

const ITEMS: Keys = { 'dynamodb:LeadingKeys': multi(leadingKeys) };

const isByUrl = ({ operation }: KeySource) => (operation === 'InvokeFunctionUrl' ? 'true' : undefined);

/**
 * The condition keys of each action, as the Service Authorization Reference lists them; those that aren't
 * listed here can't be evaluated. Whether AWS fills in defaults (an entry's type) before it looks isn't documented: here a key that
 * the request doesn't name is absent.
 */
export const CONDITION_KEYS: Readonly<Record<string, Keys>> = {
  'eks:CreateAccessEntry': {
    ...TAGGING,
    'eks:principalArn': member('principalArn'),
    'eks:accessEntryType': member('type'),
    'eks:username': member('username'),
    'eks:kubernetesGroups': multi(({ input }) => textsOf(input['kubernetesGroups'])),
  },
  'eks:AssociateAccessPolicy': ACCESS_POLICY,
  'eks:DisassociateAccessPolicy': ACCESS_POLICY,
  'eks:CreateCluster': TAGGING,
  'eks:TagResource': TAGGING,
  'eks:UntagResource': { 'aws:TagKeys': multi(({ input }) => textsOf(input['tagKeys'])) },
  'iam:CreateRole': TAGGING,
  'iam:CreateUser': TAGGING,
  'iam:TagRole': TAGGING,
  'iam:TagUser': TAGGING,
  // Which service CreateAccessEntry passes a role to is said nowhere: absent, so that a statement that names one allows nothing.
  'iam:PassRole': { 'iam:PassedToService': single(() => undefined) },
  'dynamodb:GetItem': ITEMS,
  'dynamodb:PutItem': ITEMS,
  'dynamodb:UpdateItem': ITEMS,
  'dynamodb:DeleteItem': ITEMS,
  'dynamodb:Query': ITEMS,
  'events:PutEvents': {
    'events:source': member('Source'),
    'events:detail-type': member('DetailType'),
    // True where a rule hands an event to another bus (EventBridge user guide, "Using IAM policy conditions").
    'events:eventBusInvocation': always('false'),
  },
  // True for a request by URL, absent for any other.
  'lambda:InvokeFunction': { 'lambda:InvokedViaFunctionUrl': single(isByUrl) },
  'lambda:InvokeFunctionUrl': { 'lambda:FunctionUrlAuthType': always('AWS_IAM') },
  'sts:AssumeRole': { 'sts:ExternalId': member('ExternalId'), 'sts:RoleSessionName': member('RoleSessionName') },
};

/** Keys that every request may have (IAM user guide, "Global condition context keys"), in lower case. */
export const GLOBAL_KEYS: readonly string[] = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:securetransport',
  'aws:sourcearn',
  'aws:sourceaccount',
];

/** What a request's own action adds to its context. */
export function actionContext(action: string, source: KeySource): (readonly [string, readonly string[]])[] {
  const keys = CONDITION_KEYS[action] ?? {};
  const own = Object.entries(keys).flatMap(([name, { values }]) => {
    const found = values(source);
    return found ? [[name.toLowerCase(), found] as const] : [];
  });
  if (!('aws:RequestTag/*' in keys)) return own;
  const tags = [...tagsOf(source)].map(([name, value]) => [`aws:requesttag/${name.toLowerCase()}`, [value]] as const);
  return [...own, ...tags];
}
