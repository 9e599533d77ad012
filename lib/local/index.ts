export { createLocalAws, type LocalAws } from './local-aws.ts';
export { createSeededRandom } from './seeded-random.ts';
export { createVirtualClock } from './virtual-clock.ts';
