import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// CloudWatch API reference, PutDashboard.
const LONGEST = 255;

/** A dashboard. Nobody sees it here; that its body is JSON is checked. */
export const dashboard: ResourceKind = {
  type: 'AWS::CloudWatch::Dashboard',
  reads: ['DashboardName', 'DashboardBody'],
  identify({ nameFrom }) {
    const name = nameFrom('DashboardName', LONGEST);
    return { name, ref: name };
  },
  load({ properties }) {
    try {
      JSON.parse(properties.text('DashboardBody'));
    } catch {
      refuse(`${properties.path}.DashboardBody`, 'expected JSON');
    }
  },
};
