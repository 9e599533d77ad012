import { describe, expect, test } from 'vitest';
import { paintFor } from '../../../../lib/cli/output/paint.ts';
import { renderTimeline } from '../../../../lib/cli/timeline/render-timeline.ts';
import { createTimeline, lineOf, type Scene, textOf } from '../../../../lib/cli/timeline/timeline.ts';

const at = Date.parse('2026-11-24T09:00:00Z');
const scene = (more: Partial<Scene> = {}): Scene => ({ at, who: 'eks-rebind', what: 'done', ...more });
const place = (clusterName: string) => ({ clusterName, region: 'us-east-1' });
const about = (...clusters: string[]) => ({ role: 'nodes', places: clusters.map(place) });

const told = (...scenes: Scene[]): Scene[] => {
  const timeline = createTimeline();
  for (const one of scenes) timeline.add(one);
  return timeline.scenes();
};

describe('a timeline', () => {
  test('is in the order of time, whenever it was told', () => {
    expect(told(scene({ at: at + 1 }), scene()).map((one) => one.at)).toEqual([at, at + 1]);
  });

  test('tells reactions after what they follow from, at the same moment', () => {
    const first = scene({ what: 'tries', isReaction: true });
    expect(told(first, scene({ what: 'acts' })).map(({ what }) => what)).toEqual(['acts', 'tries']);
  });

  test('makes one line of the same step in several clusters within a second', () => {
    const lines = told(scene({ about: about('a') }), scene({ at: at + 400, about: about('b') }));
    expect(lines.map(textOf)).toEqual(['nodes in a (us-east-1), b (us-east-1): done']);
  });

  test('keeps apart what another did, said or did a second later', () => {
    const one = scene({ about: about('a') });
    const others = [
      { who: 'a node' },
      { what: 'failed' },
      { at: at + 1000 },
      { about: { ...about('a'), role: 'people' } },
    ];
    expect(told(one, ...others.map((other) => ({ ...one, ...other })))).toHaveLength(5);
  });

  test('counts clusters where there are too many to name', () => {
    expect(textOf(scene({ about: about('a', 'b', 'c', 'd', 'e') }))).toBe('nodes in 5 clusters: done');
  });

  test('is written with ISO times in the document', () => {
    expect(lineOf(scene())).toEqual({ at: '2026-11-24T09:00:00.000Z', what: 'eks-rebind: done' });
  });
});

describe('a rendered timeline', () => {
  test('is aligned, with a heading for each day', () => {
    const scenes = told(scene({ who: 'Terraform', what: 'acts' }), scene({ at: at + 86_400_000 }));
    expect(renderTimeline(scenes, paintFor(false))).toEqual([
      '2026-11-24 (UTC)',
      '09:00:00  Terraform       acts',
      '',
      '2026-11-25 (UTC)',
      '09:00:00  eks-rebind      done',
    ]);
  });

  test('is coloured for a terminal alone', () => {
    const bad = [scene({ tone: 'bad' })];
    expect(renderTimeline(bad, paintFor(true)).at(-1)).toContain('\u001B[31mdone');
    expect(renderTimeline(bad, paintFor(false)).join('')).not.toContain('\u001B');
  });
});
