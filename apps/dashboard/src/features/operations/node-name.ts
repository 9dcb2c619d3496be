import type { NodeView } from '@authscript/prior-auth'

export const nodeName = ({ host, processId }: Pick<NodeView, 'host' | 'processId'>): string =>
  `${host}:${processId}`
