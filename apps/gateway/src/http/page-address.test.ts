import { describe, expect, it } from 'vitest'
import { pathOnPage } from './page-address.ts'

describe('a path of our page', () => {
  it.each([
    ['/', '/'],
    ['/work-items/wi-1?view=open#notes', '/work-items/wi-1?view=open#notes'],
    ['/?q=ł 李', '/?q=%C5%82%20%E6%9D%8E'],
    ['/a/../b', '/b'],
    ['/\t', '/'],
  ])('is what browsers read: %j', (text, path) => {
    expect(pathOnPage(text)).toBe(path)
  })

  it.each([
    '',
    'work-items',
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '///evil.example',
    ' //evil.example',
  ])('is no address elsewhere: %j', (text) => {
    expect(pathOnPage(text)).toBeUndefined()
  })
})
