import { describe, expect, it } from 'vitest';
import { pagePolicy } from './page-policy';

describe('pagePolicy', () => {
  it('lets no script run without the nonce and loads nothing from elsewhere', () => {
    const policy = pagePolicy('abc');
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  });

  it('allows no frames, plug-ins or changed base', () => {
    const policy = pagePolicy('abc');
    for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
  });
});
