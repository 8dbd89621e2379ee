import type { Dashboard } from "./model.ts";

type Target = Readonly<{ title: string; url: string }>;
/** A link above a dashboard's panels: one address, or a menu of several. */
export type DashboardLink = Readonly<{
  title: string;
  tooltip: string;
  isMenu: boolean;
  targets: readonly Target[];
  targetBlank: boolean;
  includeVars: boolean;
  keepTime: boolean;
}>;

/** The links of a dashboard; those by tag lead to every other dashboard that has all their tags. */
export const shownLinks = ({ uid, links }: Dashboard, all: readonly Dashboard[]): readonly DashboardLink[] =>
  links.flatMap((link): readonly DashboardLink[] => {
    const { tooltip, targetBlank, includeVars, keepTime, tags: wanted } = link;
    const base = { tooltip, targetBlank, includeVars, keepTime, isMenu: false };
    if (link.type !== "dashboards") return [{ ...base, title: link.title, targets: [link] }];
    const targets = all
      .filter(({ uid: other, tags }) => other !== uid && wanted.every((tag) => tags.includes(tag)))
      .map(({ uid: other, title }) => ({ title, url: `/d/${other}` }));
    if (link.asDropdown) return [{ ...base, title: link.title, isMenu: true, targets }];
    return targets.map((target) => ({ ...base, title: target.title, targets: [target] }));
  });
