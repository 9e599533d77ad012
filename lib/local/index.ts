export { createLocalAws, type LocalAws, type LocalAwsOptions } from './local-aws.ts';
export { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
export { createSeededRandom } from './seeded-random.ts';
