/** Finds the activity with which a workflow starts: the first that is neither a container of others nor a piece of one. */
import type { XmlElement } from './tree';

/** Activities that only run what is in them, one after the other. */
const containers = new Set([
  'Activity',
  'Sequence',
  'TryCatch',
  'ActivityAction',
  'Flowchart',
  'FlowStep',
  'StateMachine',
  'State',
  'TriggerScope',
]);

/** Property elements that hold activities, where the element itself does not list them. */
const bodies = /\.(Try|Body|Handler|Action|StartNode|Entry|Implementation|Triggers)$/;

/** The first activity below an element, in the order in which they run; undefined where there is none. */
export function firstActivity(element: XmlElement): XmlElement | undefined {
  for (const child of element.children) {
    if (child.localName.includes('.')) {
      const found = bodies.test(child.localName) ? firstActivity(child) : undefined;
      if (found) return found;
    } else if (containers.has(child.localName)) {
      const found = firstActivity(child);
      if (found) return found;
    } else if (!isAside(child)) return child;
  }
  return undefined;
}

/** Declarations of the designer and of the language, and what never runs. */
function isAside({ localName, prefix }: XmlElement): boolean {
  return prefix === 'x' || localName === 'CommentOut' || localName === 'Dictionary' || localName === 'Annotation';
}
