import { describe, expect, it } from 'vitest'
import { isLoopback, isUnencrypted } from '../../config/loopback.ts'
import { isExempt } from './no-proxy.ts'

describe('NO_PROXY', () => {
  it.each([
    ['', 'ehr.example.org', 443, false],
    [' , ,', 'ehr.example.org', 443, false],
    ['*', 'ehr.example.org', 443, true],
    ['other.test, *', 'ehr.example.org', 443, true],
    ['*:80', 'ehr.example.org', 443, false],
    ['*:443', 'ehr.example.org', 443, true],
    ['ehr.example.org', 'ehr.example.org', 443, true],
    ['EHR.Example.ORG', 'ehr.example.org', 443, true],
    ['ehr.example.org.', 'ehr.example.org', 443, true],
    ['ehr.example.org', 'ehr.example.org.', 443, true],
    ['example.org', 'ehr.example.org', 443, true],
    ['.example.org', 'ehr.example.org', 443, true],
    ['.example.org', 'example.org', 443, true],
    ['*.example.org', 'ehr.example.org', 443, true],
    ['*.example.org', 'example.org', 443, false],
    ['ample.org', 'ehr.example.org', 443, false],
    ['example.org', 'ehr.example.org.evil.test', 443, false],
    ['ehr.example.org:8443', 'ehr.example.org', 443, false],
    ['ehr.example.org:8443', 'ehr.example.org', 8443, true],
    ['a.test b.test\texample.org', 'ehr.example.org', 443, true],
    ['10.1.2.3', '10.1.2.3', 443, true],
    ['10.1.2.3', '10.1.2.30', 443, false],
    ['10.1.0.0/16', '10.1.2.3', 443, true],
    ['10.1.0.0/16', '10.2.2.3', 443, false],
    ['10.1.0.0/16', 'ehr.example.org', 443, false],
    ['10.1.0.0/99', '10.1.2.3', 443, false],
    ['10.1.0.0/', '10.1.2.3', 443, false],
    ['nonsense/8', '10.1.2.3', 443, false],
    ['fd00::/8', '[fd00::1]', 443, true],
    ['fd00::/8', '10.1.2.3', 443, false],
    ['fd00::1', '[fd00::1]', 443, true],
    ['[fd00::1]', '[fd00::1]', 443, true],
    ['[fd00::1]:8443', '[fd00::1]', 443, false],
    ['[fd00::1]:8443', '[fd00::1]', 8443, true],
    ['.', 'ehr.example.org', 443, false],
  ] as const)('of "%s" at %s:%i: %s', (noProxy, host, port, expected) => {
    expect(isExempt(host, port, noProxy)).toBe(expected)
  })
})

describe('this machine', () => {
  it.each([
    ['http://localhost', true],
    ['http://LOCALHOST.', true],
    ['http://127.0.0.1', true],
    ['http://127.1', true],
    ['http://127.255.0.9:81', true],
    ['http://[::1]', true],
    ['http://[::ffff:127.0.0.1]', true],
    ['http://2130706433', true],
    ['http://localhost.example.org', false],
    ['http://127.0.0.1.example.org', false],
    ['http://128.0.0.1', false],
    ['http://0.0.0.0', false],
    ['http://10.0.0.1', false],
    ['http://[::2]', false],
    ['http://[::ffff:10.0.0.1]', false],
    ['http://ehr', false],
  ])('is %s: %s', (url, expected) => {
    expect(isLoopback(new URL(url).hostname)).toBe(expected)
    expect(isUnencrypted(url)).toBe(!expected)
    expect(isUnencrypted(url.replace('http:', 'https:'))).toBe(false)
  })
})
