import { useId } from 'react';
import { cx } from '@/components/ui/class-names';
import { LINE } from '@/components/ui/control-class';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Approval } from '@/lib/contracts';
import { rich } from '@/lib/client/language';

/** The name of what a critical call reaches, typed once more before it can be approved. */
export function TypedTarget({
  resource,
  typed,
  onType,
}: {
  resource: Approval['resource'];
  typed: string;
  onType: (typed: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-dense font-medium">
        {rich('Critical risk: type {target} to say that this is what you mean', {
          target: <UntrustedText text={resource.id} mono className="font-semibold select-none" />,
        })}
      </label>
      <input
        id={id}
        data-typed-target
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={cx(LINE, 'max-w-md font-mono')}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </div>
  );
}
