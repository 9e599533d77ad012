import { partition } from '@aws-sdk/core/client';

/** Whether the SDK knows a region of this name, and not merely how such a name looks. */
export const isKnownRegion = (region: string): boolean =>
  // What it knows of a region is its description; of a name that only looks like one, the partition's rest.
  /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region) && 'description' in partition(region);
