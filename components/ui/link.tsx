'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';

export interface LinkProps extends ComponentProps<'a'> {
  /** A path of this console. */
  href: string;
}

/** A plain press of the first button: all others mean a new tab, a new window, or a download. */
function meansThisTab(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { target } = event.currentTarget;
  const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !held && (target === '' || target === '_self');
}

/**
 * A link to another page of the console, opened without loading the document anew. Unlike the link of Next it asks the server for
 * nothing before it is pressed: pages here are made for each request, so that asking ahead for all that are in sight would cost
 * the server ten requests a page and save none.
 */
export function Link({ onClick, ...props }: LinkProps) {
  const router = useRouter();
  return (
    <a
      {...props}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !meansThisTab(event)) return;
        event.preventDefault();
        router.push(props.href);
      }}
    />
  );
}
