'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail, GrantScope, Json } from '@/lib/contracts';
import { patternOf, reachOf, valuesOfCall } from '@/lib/contracts/grant-pattern';
import { rich, t } from '@/lib/client/language';
import { callOf } from '../group/like-calls';
import { FormActions } from '../verdict/form-actions';
import { placeName, reachText, valueText } from '@/components/trust/grants/grant-words';

export interface GrantFormProps {
  approval: ApprovalDetail;
  /** Which of the two limits the reviewer came for. */
  by: 'uses' | 'time';
  pending: boolean;
  onGrant: (scope: GrantScope) => void;
  onCancel: () => void;
}

const FEW_USES = 10;
const SHORT_MINUTES = 30;

/** What stays, what may vary, how often and how long; then one sentence that says what it will allow. */
export function GrantForm({ approval, by, pending, onGrant, onCancel }: GrantFormProps) {
  const { mostUses, mostMinutes } = approval.mayGrant;
  const asked = approval.grantRequest?.scope;
  const [vary, setVary] = useState<ReadonlySet<string>>(() => new Set(askedPlaces(approval)));
  const [uses, setUses] = useState(Math.min(asked?.uses ?? FEW_USES, mostUses));
  const [minutes, setMinutes] = useState(Math.min(asked?.minutes ?? SHORT_MINUTES, mostMinutes));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(`[name="${by}"]`)?.focus({ preventScroll: true });
  }, [by]);
  const isInside = within(uses, mostUses) && within(minutes, mostMinutes);
  return (
    <form
      ref={form}
      aria-label={t('Approve calls like this one')}
      className="flex max-h-[min(60vh,36rem)] flex-col gap-3 max-md:max-h-none"
      onSubmit={(event) => {
        event.preventDefault();
        if (isInside && !pending) onGrant({ uses, minutes, vary: [...vary] });
      }}
    >
      <Limits
        approval={approval}
        uses={uses}
        minutes={minutes}
        onUses={setUses}
        onMinutes={setMinutes}
      />
      <Places approval={approval} vary={vary} onToggle={(path) => setVary(toggled(vary, path))} />
      <Sentence approval={approval} uses={uses} minutes={minutes} vary={vary} />
      <FormActions
        onCancel={onCancel}
        submit={
          <Button
            type="submit"
            variant="approve"
            pending={pending}
            disabled={!isInside}
            className="max-md:h-11"
          >
            {t('Approve this call and up to {uses} like it', { uses })}
          </Button>
        }
      />
    </form>
  );
}

/** What the agent asked to vary begins as chosen, as far as it may; the reviewer takes away what they do not mean. */
function askedPlaces(approval: ApprovalDetail): string[] {
  const fixed = new Set(approval.mayGrant.fixed);
  const values = valuesOfCall(callOf(approval));
  return (approval.grantRequest?.scope.vary ?? []).filter((path) => {
    const value = values.get(path);
    return value !== undefined && !fixed.has(path) && reachOf(path, value) !== null;
  });
}

function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}

const within = (value: number, most: number) =>
  Number.isInteger(value) && value >= 1 && value <= most;

function Limits({
  approval: { mayGrant },
  uses,
  minutes,
  onUses,
  onMinutes,
}: {
  approval: ApprovalDetail;
  uses: number;
  minutes: number;
  onUses: (uses: number) => void;
  onMinutes: (minutes: number) => void;
}) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:max-w-md">
      <Limit
        label={t('Most uses')}
        name="uses"
        value={uses}
        most={mayGrant.mostUses}
        onChange={onUses}
      />
      <Limit
        label={t('Minutes')}
        name="time"
        value={minutes}
        most={mayGrant.mostMinutes}
        onChange={onMinutes}
      />
    </div>
  );
}

function Limit({
  label,
  name,
  value,
  most,
  onChange,
}: {
  label: string;
  name: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field label={label} help={t('1 to {most}', { most })}>
      <Input
        type="number"
        name={name}
        required
        min={1}
        max={most}
        value={value || ''}
        onChange={({ target }) => onChange(target.valueAsNumber || 0)}
      />
    </Field>
  );
}

/** Every value: it stays as it is, unless the reviewer lets it vary and it can. */
function Places({
  approval,
  vary,
  onToggle,
}: {
  approval: ApprovalDetail;
  vary: ReadonlySet<string>;
  onToggle: (path: string) => void;
}) {
  const values = useMemo(() => [...valuesOfCall(callOf(approval))], [approval]);
  const fixed = new Set(approval.mayGrant.fixed);
  return (
    <fieldset className="min-h-0 overflow-y-auto rounded-md border border-line" data-scrolls>
      <legend className="sr-only">{t('What may vary')}</legend>
      <table className="w-full text-dense">
        <thead className="text-left text-xs text-ink-2">
          <tr>
            <th scope="col" className="px-2.5 py-1 font-medium">
              {t('Value')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('Now')}
            </th>
            <th scope="col" className="px-2.5 py-1 text-right font-medium">
              {t('In like calls')}
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map(([path, value]) => {
            const reach = fixed.has(path) ? null : reachOf(path, value);
            const varies = reach === null ? null : vary.has(path);
            return (
              <Place
                key={path}
                path={path}
                value={value}
                varies={varies}
                onToggle={() => onToggle(path)}
              />
            );
          })}
        </tbody>
      </table>
    </fieldset>
  );
}

/** One value. `varies` is null where it cannot. */
function Place({
  path,
  value,
  varies,
  onToggle,
}: {
  path: string;
  value: Json;
  varies: boolean | null;
  onToggle: () => void;
}) {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="px-2.5 py-1 text-left font-normal text-ink-2">
        <UntrustedText text={placeName(path)} mono />
      </th>
      <td className="max-w-0 py-1 wrap-anywhere">
        <UntrustedText text={valueText(value)} mono />
      </td>
      <td className="px-2.5 py-1 text-right whitespace-nowrap">
        {varies === null ? (
          <span className="text-ink-2">{t('stays')}</span>
        ) : (
          <label className="inline-flex min-h-6 cursor-pointer items-center gap-1.5">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={varies}
              onChange={onToggle}
            />
            {t('may vary')}
            <span className="sr-only">: {placeName(path)}</span>
          </label>
        )}
      </td>
    </tr>
  );
}

/** What the server will compare with, in words. */
function Sentence({
  approval,
  uses,
  minutes,
  vary,
}: {
  approval: ApprovalDetail;
  uses: number;
  minutes: number;
  vary: ReadonlySet<string>;
}) {
  const { varying } = patternOf(callOf(approval), [...vary]).pattern;
  return (
    <div role="status" className="text-dense">
      <p className="font-medium">
        {rich(
          '{agent} may run {tool} without asking, at most {uses} times and for {minutes} minutes, with exactly these values',
          {
            agent: <UntrustedText text={approval.agent.name} />,
            tool: <UntrustedText text={approval.action.name} mono />,
            uses,
            minutes,
          },
        )}
        {varying.length === 0 ? '.' : t(', except:')}
      </p>
      {varying.length === 0 ? null : (
        <ul className="mt-0.5 list-disc pl-4">
          {varying.map(({ path, reach }) => (
            <li key={path}>
              <UntrustedText text={placeName(path)} mono />: {reachText(reach)}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-0.5 text-ink-2">
        {t(
          'It ends at once with a kill switch, an incident, a lower rung or another policy, and you can revoke it. It counts at once and cannot be undone.',
        )}
      </p>
    </div>
  );
}
