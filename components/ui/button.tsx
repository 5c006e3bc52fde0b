import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';

export type ButtonVariant =
  'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-outline' | 'approve';
export type ButtonSize = 'sm' | 'md' | 'lg';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border border-line-strong/60 hover:bg-hover',
  quiet: 'text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-ink hover:bg-danger-hover',
  'danger-outline': 'bg-surface text-sev-1 border border-sev-1/60 hover:bg-sev-1-soft',
  approve: 'bg-approved-fill text-white hover:brightness-90',
};
const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7 px-2.5 text-dense gap-1.5',
  md: 'h-8 px-3 text-sm gap-2',
  lg: 'h-11 px-4 text-sm gap-2',
};

/** Classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 aria-disabled:opacity-55 disabled:opacity-55 disabled:cursor-not-allowed',
    VARIANTS[variant],
    SIZES[size],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** The server has not answered yet: the button keeps its place and its focus, and cannot be pressed again. */
  pending?: boolean;
  icon?: ReactNode;
}

/** A button names its effect ("Stop agent"), never "OK". */
export function Button({
  variant,
  size,
  pending,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(buttonClass(variant, size), className)}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {pending ? (
        <LoaderCircle aria-hidden size={14} className="animate-spin motion-reduce:animate-none" />
      ) : (
        icon
      )}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Says what pressing does; also the tooltip. */
  label: string;
  icon: ReactNode;
  size?: 'sm' | 'md';
}

/** A square button with an icon; its label is the accessible name and the hint on hover and focus. */
export function IconButton({ label, icon, size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      data-hint={label}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink',
        'transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55',
        size === 'sm' ? 'size-7' : 'size-8',
        className,
      )}
    >
      {icon}
    </button>
  );
}
