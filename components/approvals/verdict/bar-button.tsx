'use client';

import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import type { Asking } from '../asking';
import { KeyHint } from './key-hint';

interface BarButtonProps extends Omit<ButtonProps, 'icon' | 'size'> {
  icon?: LucideIcon;
  /** What it asks: a question that is dropped gives the focus back to its button. */
  asks?: Asking | 'more';
  /** The key that does the same. */
  hint?: string;
}

/** A button of the bar below a call: quiet unless told, and as high as a thumb needs on a phone. */
export function BarButton({
  icon: Icon,
  asks,
  hint,
  variant = 'quiet',
  className,
  children,
  ...rest
}: BarButtonProps) {
  return (
    <Button
      variant={variant}
      data-ask={asks}
      className={cx('max-md:h-11', className)}
      icon={Icon === undefined ? undefined : <Icon aria-hidden size={16} />}
      {...rest}
    >
      {children}{' '}
      {hint === undefined ? null : <KeyHint onFill={variant === 'approve'}>{hint}</KeyHint>}
    </Button>
  );
}
