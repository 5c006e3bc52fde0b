'use client';

import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { IdentityIssuer } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { counted, rich, t } from '@/lib/client/language';
import type { IssuerRowProps } from './questions';

/** Which subject of an issuer is which agent. */
export function Subjects(props: IssuerRowProps) {
  const { issuer, mayManage, onAsk } = props;
  const { subjects } = issuer;
  return (
    <div className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
        <p className="text-dense font-medium">
          {subjects.length === 0
            ? t('None of its subjects stands for an agent: its identities sign nobody in.')
            : counted(
                subjects.length,
                '{count} subject stands for an agent',
                '{count} subjects stand for agents',
              )}
        </p>
        {mayManage ? (
          <Button
            size="sm"
            className="ml-auto max-md:h-11"
            onClick={() => onAsk({ ask: 'bind', issuer })}
          >
            {t('Add a subject…')}
          </Button>
        ) : null}
      </div>
      {subjects.length === 0 ? null : (
        <ul
          aria-label={t('Subjects of {issuer}', { issuer: issuer.name })}
          className="max-h-72 divide-y divide-line overflow-y-auto border-t border-line text-dense"
        >
          {subjects.map((subject) => (
            <SubjectRow key={subject.id} {...props} subject={subject} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SubjectRow({
  issuer,
  mayManage,
  onAsk,
  subject: { id, subject, agentId, agentName, lastUsedAt },
}: IssuerRowProps & { subject: IdentityIssuer['subjects'][number] }) {
  const workspace = useWorkspace();
  const agent = (
    <Link
      href={`/${workspace}/agents/${agentId}`}
      className="font-medium text-accent hover:underline"
    >
      <UntrustedText text={agentName} />
    </Link>
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1">
      <span className="min-w-0 flex-1 basis-64 wrap-anywhere">
        {rich('{subject} is {agent}', { subject: <UntrustedText text={subject} mono />, agent })}
      </span>
      <span className="text-ink-2">
        {lastUsedAt === null
          ? t('never signed in')
          : rich('last signed in {time}', { time: <RelativeTime at={lastUsedAt} focusable /> })}
      </span>
      {mayManage ? (
        <Button
          size="sm"
          variant="quiet"
          className="max-md:h-11"
          aria-label={t('Take {subject} back…', { subject })}
          onClick={() => onAsk({ ask: 'unbind', issuer, subjectId: id })}
        >
          {t('Take back…')}
        </Button>
      ) : null}
    </li>
  );
}
