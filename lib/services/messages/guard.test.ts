import { describe, expect, it } from 'vitest';
import { addressRefusal } from './guard';

describe('addressRefusal', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])(
    'lets %s through',
    (ip) => expect(addressRefusal(ip, false)).toBeUndefined(),
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ])('lets %s through only where the operator said so', (ip) => {
    expect(addressRefusal(ip, false)).toContain('BELAY_PRIVATE_TARGETS');
    expect(addressRefusal(ip, true)).toBeUndefined();
  });

  it.each([
    '0.0.0.0',
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '100.100.100.200',
    'fd00:ec2::254',
    'fe80::1',
    '224.0.0.1',
    '255.255.255.255',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:ffff:a9fe:a9:fe00:0',
    '::',
  ])('never lets %s through', (ip) => expect(addressRefusal(ip, true)).toBeDefined());
});
