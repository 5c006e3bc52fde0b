'use client';

import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import {
  ANY_TOOL,
  FIRST_TOOL,
  TOOL_EFFECTS,
  type ToolChoice,
  type ToolEffect,
} from './tool-choice';
import { t } from '@/lib/client/language';

const EFFECTS = Object.entries(TOOL_EFFECTS) as [ToolEffect, { label: string }][];

function ToolRow({
  tool,
  number,
  problem,
  onChange,
  onRemove,
}: {
  tool: ToolChoice;
  number: number;
  problem: string | undefined;
  onChange: (change: Partial<ToolChoice>) => void;
  /** Left out for the only tool: an agent without a tool has nothing to ask. */
  onRemove: (() => void) | undefined;
}) {
  return (
    <div className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[1fr_18rem_auto]">
      <Field label={t('Tool {number}', { number })} hideLabel error={problem}>
        <Input
          value={tool.name}
          onChange={(event) => onChange({ name: event.target.value.trim() })}
          maxLength={200}
          placeholder="customers.read"
          className="font-mono"
        />
      </Field>
      <Field
        label={t('What tool {number} can do', { number })}
        hideLabel
        className="max-sm:col-span-2 max-sm:row-start-2"
      >
        <Select
          value={tool.effect}
          disabled={tool.name === ANY_TOOL}
          onChange={(event) => onChange({ effect: event.target.value as ToolEffect })}
        >
          {EFFECTS.map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <IconButton
        label={t('Remove tool {number}', { number })}
        disabled={onRemove === undefined}
        icon={<X aria-hidden size={16} />}
        onClick={onRemove}
      />
    </div>
  );
}

/** The tools of the pact, each with what it can do. */
export function ToolFields({
  tools,
  onChange,
  problem,
}: {
  tools: readonly ToolChoice[];
  onChange: (tools: readonly ToolChoice[]) => void;
  problem: string | undefined;
}) {
  const remove = (index: number) => () => onChange(tools.filter((_, at) => at !== index));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-dense font-medium">{t('Tools it may use')}</legend>
      {tools.map((tool, index) => (
        <ToolRow
          key={index}
          tool={tool}
          number={index + 1}
          problem={index === tools.length - 1 ? problem : undefined}
          onRemove={tools.length > 1 ? remove(index) : undefined}
          onChange={(change) =>
            onChange(tools.map((entry, at) => (at === index ? { ...entry, ...change } : entry)))
          }
        />
      ))}
      <p className="text-xs text-ink-2">
        {t(
          'A tool the catalogue already knows keeps what is written there. Enter * alone for every tool; what each can do is then set on the page Tools.',
        )}
      </p>
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() => onChange([...tools, FIRST_TOOL])}
        >
          {t('Add a tool')}
        </Button>
      </div>
    </fieldset>
  );
}
