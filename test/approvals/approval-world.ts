import * as v from 'valibot';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ACCOUNT, trusting, type SimulationOptions } from '../simulator/world-options.ts';

export const APPROVERS = `arn:aws:iam::${ACCOUNT}:role/security/approvers`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const ANN = `arn:aws:sts::${ACCOUNT}:assumed-role/approvers/ann`;
export const ADMINS = { name: 'admins', trust: trusting({ AWS: ROOT }) };
export const DAY = 86_400;

const Answered = v.object({ statusCode: v.number(), body: v.string() });
const Told = v.object({ message: v.string() });

/** A world whose cluster-admin entries are asked about, and the questions that people were sent. */
export interface ApprovalWorld extends Simulation {
  readonly sent: { subject: string; message: string }[];
  /** Sends an answer to the function as its URL would, and gives back what it says. */
  answer(answer: 'approve' | 'deny', by?: string): Promise<{ statusCode: number; message: string }>;
  /** Lets time pass until this many notifications were sent, or an hour is over. */
  untilAsked(times?: number): Promise<void>;
  question(): string;
}

/** People are told outcomes, too. */
const isQuestion = ({ subject }: { readonly subject: string }) => subject.startsWith('eks-rebind asks');

export async function approvalWorld(options: SimulationOptions = {}): Promise<ApprovalWorld> {
  const sent: { subject: string; message: string }[] = [];
  const policies = { AmazonEKSClusterAdminPolicy: [] };
  const world = await simulate({
    roles: [ADMINS],
    entries: [{ role: 'admins', type: 'STANDARD', policies }],
    ...options,
    environment: {
      EKS_REBIND_APPROVERS: `${APPROVERS},${ROOT}`,
      EKS_REBIND_APPROVAL_SECONDS: String(DAY),
      ...options.environment,
    },
    ports: {
      notifications: { notify: async (notification) => void (isQuestion(notification) && sent.push(notification)) },
    },
  });
  const question = () => /"question":"([0-9a-f]{24})"/.exec(sent.at(-1)?.message ?? '')?.[1] ?? '';
  return {
    ...world,
    sent,
    question,
    async answer(answer, by = ANN) {
      const event = {
        requestContext: { timeEpoch: world.clock.now(), authorizer: { iam: { userArn: by } } },
        body: JSON.stringify({ schemaVersion: 1, question: question(), answer }),
      };
      const { payload, error } = await world.run(() => world.aws.lambda.invoke(functionOf('AnswerApproval'), event));
      if (error) throw new Error(error.cause);
      const { statusCode, body } = v.parse(Answered, payload);
      return { statusCode, message: v.parse(Told, JSON.parse(body)).message };
    },
    async untilAsked(times = 1) {
      for (let waited = 0; waited < 3600 && sent.length < times; waited += 30) await world.pass(30);
      await world.pass(30);
    },
  };
}
