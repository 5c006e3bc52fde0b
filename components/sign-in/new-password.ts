import { t } from '@/lib/client/language';
export const LEAST_CHARACTERS = 12;

export interface PasswordProblem {
  field: 'current' | 'next' | 'repeat' | 'form';
  text: string;
}

/** What is wrong with a new password, in words; the server checks the current one. */
export function newPasswordProblem(input: {
  current: string;
  next: string;
  repeat: string;
}): PasswordProblem | undefined {
  const { current, next, repeat } = input;
  if (next.length < LEAST_CHARACTERS)
    return {
      field: 'next',
      text: t('Use at least {least} characters; this has {length}.', {
        least: LEAST_CHARACTERS,
        length: next.length,
      }),
    };
  if (next === current)
    return { field: 'next', text: t('This is the password you already have. Choose another.') };
  if (next !== repeat)
    return { field: 'repeat', text: t('The two entries differ. Type it again.') };
  return undefined;
}
