import { ShortcutsDialog } from '../../ui/shortcuts.tsx'

const rows = [
  ['/', 'search'],
  ['Esc', 'clear the search, or close what is open'],
  ['← →', 'move between the views'],
  ['Tab, Enter', 'move between the orders, and open one'],
  ['Space', 'select the order that has the focus'],
  ['?', 'show this list'],
] as const

export function QueueShortcuts({ onClose }: { readonly onClose: () => void }) {
  return <ShortcutsDialog rows={rows} onClose={onClose} />
}
