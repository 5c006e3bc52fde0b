'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { TextView } from '@/components/ui/code-view';
import { Field, Select } from '@/components/ui/field';
import { PageBody } from '@/components/ui/page-body';
import { PageHeader, Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import { policiesQuery, type PolicyList } from '@/lib/client/governance-queries';
import { useWorkspace } from '@/lib/client/session';
import { PolicyRules } from './policy-rules';

type PolicyVersion = PolicyList['items'][number];

function Version({ version }: { version: PolicyVersion }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        {version.reason} <span className="whitespace-nowrap">By {version.createdBy},</span>{' '}
        <RelativeTime at={version.createdAt} focusable />.
      </p>
      <PolicyRules text={version.text} />
      <TextView
        key={version.version}
        label={`Cedar text of version ${version.version}`}
        text={version.text}
      />
    </div>
  );
}

function Policies({ list }: { list: PolicyList }) {
  const newestFirst = list.items.toSorted((one, other) => other.version - one.version);
  const current = newestFirst.find((version) => version.current) ?? newestFirst[0];
  const [chosen, setChosen] = useState(current?.version);
  const shown = newestFirst.find((version) => version.version === chosen) ?? current;
  if (!shown)
    return (
      <Empty title="This workspace has no policy">
        Without a policy nothing is allowed. The default one is set when a workspace is made.
      </Empty>
    );
  return (
    <Panel
      title={`Version ${shown.version}`}
      description={
        shown.current ? <Badge tone="accent">in force</Badge> : <Badge>no longer in force</Badge>
      }
      actions={
        newestFirst.length > 1 ? (
          <Field label="Version" hideLabel>
            <Select
              value={shown.version}
              onChange={(event) => setChosen(Number(event.target.value))}
            >
              {newestFirst.map((version) => (
                <option key={version.version} value={version.version}>
                  Version {version.version}
                  {version.current ? ', in force' : ''}
                </option>
              ))}
            </Select>
          </Field>
        ) : undefined
      }
    >
      <Version version={shown} />
    </Panel>
  );
}

/** The policy in force, rule by rule and as its exact text. */
export function PoliciesPage() {
  const query = useQuery(policiesQuery(useWorkspace()));
  return (
    <PageBody>
      <PageHeader
        title="Policies"
        description="What each rung may do, as Cedar rules. Every call is asked twice, unapproved and approved: allowed only when approved means that a person decides. New versions are posted to the API for now."
      />
      <QueryView query={query} what="The policies could not be loaded.">
        {(list) => <Policies list={list} />}
      </QueryView>
    </PageBody>
  );
}
