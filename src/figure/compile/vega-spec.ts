/** Types of the parts of a compiled Vega specification that figures read and change. */

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type VegaScale = Json & {
  name: string;
  type?: string;
  domain?: unknown;
  range?: unknown;
  constant?: number;
  exponent?: number;
};

export type VegaAxis = Json & {
  scale: string;
  orient?: string;
  labels?: boolean;
  values?: unknown;
  title?: unknown;
  labelAngle?: unknown;
  format?: unknown;
  tickCount?: { signal?: string };
  encode?: { labels?: { update?: Json } };
};

export type VegaLegend = Json & {
  type?: string;
  title?: unknown;
  encode?: { labels?: { update?: Json }; symbols?: { update?: Json } };
};

/** The data of a mark: a dataset, or groups of its rows. */
export type From = { data?: string; facet?: { name: string; data: string; groupby?: string | string[] } };

/** A specification or a group mark: a scope of scales, guides and marks. */
export type VegaNode = {
  name?: string;
  type?: string;
  role?: string;
  style?: string | string[];
  from?: From;
  clip?: unknown;
  data?: { name: string; values?: unknown; source?: unknown; transform?: Json[] | undefined; format?: Json }[];
  signals?: { name: string; value?: unknown; update?: string }[];
  width?: number;
  height?: number;
  scales?: VegaScale[];
  axes?: VegaAxis[];
  legends?: VegaLegend[];
  marks?: VegaNode[];
  title?: Json;
  encode?: Json & { update?: Json };
  config?: Json;
  autosize?: unknown;
};

/** The scales visible in a scope: its own and those of enclosing scopes. */
export const scalesIn = (node: VegaNode, outer: ReadonlyMap<string, VegaScale>): Map<string, VegaScale> =>
  new Map([...outer, ...(node.scales ?? []).map((scale) => [scale.name, scale] as const)]);
