'use client';

import { useQuery } from '@tanstack/react-query';
import { TextView } from '@/components/ui/code-view';
import { InlineStatus } from '@/components/ui/inline-status';
import { latePart } from '@/components/ui/late-part';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { Empty, SkeletonRows } from '@/components/ui/states';
import type { AccessModel } from '@/lib/contracts';
import { useSession, useWorkspace } from '@/lib/client/session';
import { counted, rich, t } from '@/lib/client/language';
import { Fact, Facts, HowToChange, Named } from '../outside-facts';
import { accessModelQuery, decisionPointQuery } from '../outside-queries';
import { typesOf } from './entities';

// Most workspaces have no model, and so no entities.
const [EntityTable] = latePart(async () => (await import('./entity-table')).EntityTable, {
  get loading() {
    return <SkeletonRows rows={4} />;
  },
  get what() {
    return t('The entities could not be shown.');
  },
});

/** The workspace that `belay workspace seed` makes for the public certification scenario. */
const CERTIFICATION = 'authzen-certification';
const COMMAND = ['npm run --silent belay --', 'workspace', 'seed', CERTIFICATION].join(' ');

/** What is known of subjects that are no agents, for whoever asks by AuthZEN. Read here, written through the API. */
export function AccessModelPanel() {
  const query = useQuery(accessModelQuery(useWorkspace()));
  return (
    <Panel
      title={t('Access model')}
      description={t('subjects that are no agents: who they are, and what they may do')}
    >
      <QueryView query={query} what={t('The access model could not be loaded.')}>
        {(model) => (
          <div className="flex flex-col gap-4">
            <AskedInstead />
            {model.version === 0 ? <NoModel /> : <Model model={model} />}
            <Certification />
            <HowToChange
              label={t('Write an access model')}
              path="/api/v1/base-policy/access-model"
              body={exampleOf(model)}
            />
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

const exampleOf = ({ basePolicyVersion }: AccessModel) => ({
  policies: 'permit (principal in group::"staff", action == Action::"read", resource is record);',
  entities: [
    { uid: { type: 'user', id: 'alice' }, parents: [{ type: 'group', id: 'staff' }] },
    { uid: { type: 'record', id: 'record-1' }, attrs: { status: 'active' } },
  ],
  reason: t('Why'),
  basedOn: basePolicyVersion,
});

/** A model that nobody asks is not the one that counts. */
function AskedInstead() {
  const { data } = useQuery(decisionPointQuery(useWorkspace()));
  if (data === undefined || data.setting.kind === 'none') return null;
  return (
    <InlineStatus tone="info">
      {t('The decision point outside is asked instead. This model counts when none is named.')}
    </InlineStatus>
  );
}

function NoModel() {
  return (
    <Empty title={t('Nothing is known of subjects that are no agents')}>
      {t(
        'Whoever asks about a user or a service gets a deny. Write down which entities there are and what they may do, as Cedar policies.',
      )}
    </Empty>
  );
}

function Model({ model }: { model: AccessModel }) {
  const { version, entities, policies, schema, reason, createdBy, createdAt } = model;
  const types = typesOf(entities).length;
  return (
    <>
      <Facts>
        <Fact name={t('Knows')}>
          {t('{entities}, {types}', {
            entities: counted(entities.length, '{count} entity', '{count} entities'),
            types: counted(types, '{count} type', '{count} types'),
          })}
        </Fact>
        <Fact name={t('Schema')}>
          {schema === ''
            ? t('none: policies are checked for their syntax alone')
            : t('given: policies and entities are checked against it')}
        </Fact>
        <Fact name={t('Version {version}', { version })}>
          <Named by={createdBy} at={createdAt} reason={reason} />
        </Fact>
      </Facts>
      {entities.length === 0 ? null : <EntityTable entities={entities} />}
      <TextView label={t('Policies (Cedar)')} text={policies} />
      {schema === '' ? null : <TextView label={t('Schema (Cedar)')} text={schema} />}
    </>
  );
}

/** Whether the fixture of the public certification is there, and how to get it. */
function Certification() {
  const { workspaces, workspace } = useSession();
  const seeded = workspaces.find(({ slug }) => slug === CERTIFICATION);
  if (workspace.slug === CERTIFICATION)
    return (
      <p className="text-dense text-ink-2">
        {t(
          'This workspace was made for the certification of AuthZEN. The command puts its fixture right again:',
        )}{' '}
        <code className="text-ink">{COMMAND}</code>
      </p>
    );
  return (
    <p className="text-dense text-ink-2">
      {seeded === undefined
        ? rich(
            'No fixture of the AuthZEN certification is here. {command} makes a workspace with it.',
            {
              command: <code className="text-ink">{COMMAND}</code>,
            },
          )
        : rich('The fixture of the AuthZEN certification is in the workspace {workspace}.', {
            workspace: (
              <Link
                href={`/${CERTIFICATION}/settings?tab=outside`}
                className="font-medium text-accent hover:underline"
              >
                {seeded.name}
              </Link>
            ),
          })}
    </p>
  );
}
