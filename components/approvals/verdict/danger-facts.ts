import type { ApprovalDetail } from '@/lib/contracts';
import { spokenList, t } from '@/lib/client/language';

export interface DangerousFacts {
  readonly risk: ApprovalDetail['risk'];
  readonly tool: Pick<ApprovalDetail['tool'], 'known' | 'reversible' | 'egress'>;
}

/** What makes a call one that needs a deliberate yes, as the end of a sentence: "is high risk and cannot be undone". */
export function dangerFacts({ tool, risk }: DangerousFacts): string {
  return spokenList([
    ...(risk === 'high' || risk === 'critical'
      ? [risk === 'high' ? t('is high risk') : t('is critical risk')]
      : []),
    ...(tool.known ? [] : [t('is not in the tool catalogue')]),
    ...(tool.reversible ? [] : [t('cannot be undone')]),
    ...(tool.egress ? [t('can carry data outside')] : []),
  ]);
}
