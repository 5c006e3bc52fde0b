import { describe, expect, it } from 'vitest';
import { signInMessage } from './sign-in';

describe('what the sign-in page says', () => {
  it.each([
    ['disabled', 'This account is disabled. Ask an administrator of the workspace.'],
    ['Throttled.15', 'Too many failed sign-ins for this address. Try again in 15 seconds.'],
    ['Throttled.900', 'Too many failed sign-ins for this address. Try again in 15 minutes.'],
    ['Busy.5', 'Too many people sign in right now. Try again in 5 seconds.'],
  ])('has words for %s', (shown, sentence) => {
    expect(signInMessage(shown)).toBe(sentence);
  });

  it.each([
    'Your account is blocked, call +44 1234 567',
    'Throttled.15 Call us',
    'Throttled.99999',
    'Throttled.-1',
    'disabled ',
    'constructor',
    '__proto__',
    '',
  ])('shows nothing of "%s", which anybody could have written', (shown) => {
    expect(signInMessage(shown)).toBe('The sign-in did not work. Try again.');
  });
});
