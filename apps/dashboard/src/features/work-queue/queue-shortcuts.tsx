import { ShortcutsDialog } from '../../ui/shortcuts.tsx'

const rows = [
  ['/', 'search'],
  ['Esc', 'empty the search, or leave what is open'],
  ['← →', 'go through the views'],
  ['Tab, Enter', 'go through the orders, and open one'],
  ['Space', 'select the order that has the focus'],
  ['?', 'show this list'],
] as const

export function QueueShortcuts({ onClose }: { readonly onClose: () => void }) {
  return <ShortcutsDialog rows={rows} onClose={onClose} />
}
