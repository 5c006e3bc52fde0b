import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { FoldedText } from './folded-text';
import { Section } from './section';

/** What the person behind the session asked for: the text the call is to be measured against. */
export function AskedFor({ approval }: { approval: ApprovalDetail }) {
  const { session } = approval;
  if (session === null) {
    return (
      <Section title={t('What was asked for')}>
        <p className="text-dense text-ink-2">
          {t('The agent named no session, so Belay does not know what anybody asked it to do.')}
        </p>
      </Section>
    );
  }
  return (
    <Section
      title={t('What was asked for')}
      aside={
        <span>
          {rich('by {person}', {
            person: (
              <UntrustedText
                text={session.endUser ?? t('an unnamed end user')}
                className="font-medium text-ink"
              />
            ),
          })}
        </span>
      }
    >
      <blockquote className="border-l-2 border-line-strong pl-3 text-sm">
        {session.request === '' ? (
          <span className="text-ink-2">{t('The session has no request text.')}</span>
        ) : (
          <FoldedText text={session.request} />
        )}
      </blockquote>
      {session.purpose ? (
        <p className="mt-1.5 text-dense text-ink-2">
          {t('Purpose of the session:')} <UntrustedText text={session.purpose} />
        </p>
      ) : null}
    </Section>
  );
}
