'use client';

import { useId, type ReactNode } from 'react';
import { cx } from './class-names';

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: ReactNode;
  hint?: string;
  disabled?: boolean;
}

/** One of a few: native radio buttons, so that arrow keys and forms work by themselves. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  size = 'md',
  className,
}: {
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange: (value: Value) => void;
  size?: 'sm' | 'md';
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset
      className={cx('inline-flex min-w-0 rounded-md border border-line bg-sunken p-0.5', className)}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          data-hint={option.hint}
          className={cx(
            'flex min-w-8 items-center justify-center rounded-sm px-2.5 text-center text-dense whitespace-nowrap text-ink-2 select-none',
            'has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm',
            'has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:opacity-50 not-has-disabled:cursor-pointer',
            size === 'sm' ? 'h-6' : 'h-7',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
