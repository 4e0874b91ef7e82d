// Rules for the drawing: what a reader needs to follow it with a finger.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ from: { x: number, y: number }, to: { x: number, y: number } }} Segment */

export function everythingIsDrawn({ elements, shapes, edges }) {
  const drawn = new Set([ ...shapes, ...edges ].map(element => element.bpmnElement?.id));
  return elements.filter(element => !drawn.has(element.id)).map(element => `${element.id} is not in the diagram`);
}

export function flowsAreOrthogonal({ edges }) {
  return edges.flatMap(edge => segmentsOf(edge)
    .filter(({ from, to }) => from.x !== to.x && from.y !== to.y)
    .map(({ from, to }) => `${edge.bpmnElement.id} is slanted between ${at(from)} and ${at(to)}`));
}

export function flowsTouchWhatTheyConnect({ edges, shapes }) {
  const boxes = boxesById(shapes);
  return edges.flatMap(edge => {
    const flow = edge.bpmnElement;
    const ends = [ [ flow.sourceRef, edge.waypoint[0] ], [ flow.targetRef, edge.waypoint.at(-1) ] ];
    return ends
      .filter(([ element, point ]) => !onBorder(point, boxes.get(element.id)))
      .map(([ element, point ]) => `${flow.id} ends at ${at(point)}, not at the border of ${element.id}`);
  });
}

export function flowsDoNotCross({ edges }) {
  return pairs(edges).flatMap(([ one, other ]) => {
    const meeting = segmentsOf(one).flatMap(a => segmentsOf(other).filter(b => meet(a, b)));
    return meeting.length ? [ `${one.bpmnElement.id} and ${other.bpmnElement.id} cross or lie on each other` ] : [];
  });
}

export function flowsDoNotCrossShapes({ edges, shapes }) {
  return edges.flatMap(edge => {
    const { sourceRef, targetRef } = edge.bpmnElement;
    return shapes
      .filter(({ bpmnElement: element }) => element !== sourceRef && element !== targetRef && !contains(element, sourceRef) && element !== sourceRef.attachedToRef)
      .filter(shape => segmentsOf(edge).some(segment => overlap(boxOf(segment), shape.bounds)))
      .map(shape => `${edge.bpmnElement.id} runs through ${shape.bpmnElement.id}`);
  });
}

export function shapesDoNotOverlap({ shapes }) {
  return pairs(shapes)
    .filter(([ { bpmnElement: one }, { bpmnElement: other } ]) =>
      !contains(one, other) && !contains(other, one) && one.attachedToRef !== other && other.attachedToRef !== one)
    .filter(([ one, other ]) => overlap(one.bounds, other.bounds))
    .map(([ one, other ]) => `${one.bpmnElement.id} lies on ${other.bpmnElement.id}`);
}

/** Neither wide nor high beyond what a screen shows at a readable size. */
export function fitsOneScreen({ shapes }) {
  const width = Math.max(...shapes.map(({ bounds }) => bounds.x + bounds.width)) - Math.min(...shapes.map(({ bounds }) => bounds.x));
  const height = Math.max(...shapes.map(({ bounds }) => bounds.y + bounds.height)) - Math.min(...shapes.map(({ bounds }) => bounds.y));
  return width > 1800 || height > 1000 ? [ `the drawing is ${width} x ${height}, more than 1800 x 1000` ] : [];
}

/** The shortest way from the start to an end event with the least bends: on one line, left to right. */
export function storyRunsLeftToRight({ edges, process }) {
  const start = process.flowElements.find(element => element.$type === 'bpmn:StartEvent');
  let element = start;
  const findings = [];
  const seen = new Set();

  while (element.outgoing?.length && !seen.has(element)) {
    seen.add(element);
    const straight = element.outgoing.find(flow => {
      const [ first, ...rest ] = edges.find(edge => edge.bpmnElement === flow).waypoint;
      return rest.every(point => point.y === first.y && point.x > first.x);
    });
    if (!straight) {
      findings.push(`after ${element.id} the story does not go on to the right on the same line`);
      break;
    }
    element = straight.targetRef;
  }

  return findings;
}

/**
 * @param {{ id: string, box: Box }[]} labels as the browser drew them
 */
export function labelsAreFree({ shapes, edges }, labels) {
  return [
    ...labels.flatMap(({ id, box }) => shapes
      .filter(({ bpmnElement }) => bpmnElement.$type !== 'bpmn:SubProcess')
      .filter(shape => overlap(box, shape.bounds))
      .map(shape => `the label of ${id} lies on ${shape.bpmnElement.id}`)),
    ...labels.flatMap(({ id, box }) => edges
      .filter(edge => segmentsOf(edge).some(segment => overlap(boxOf(segment), box)))
      .map(edge => `the label of ${id} lies on ${edge.bpmnElement.id}`)),
    ...pairs(labels)
      .filter(([ one, other ]) => overlap(one.box, other.box))
      .map(([ one, other ]) => `the labels of ${one.id} and ${other.id} lie on each other`)
  ];
}

function segmentsOf(edge) {
  return edge.waypoint.slice(1).map((to, index) => ({ from: edge.waypoint[index], to }));
}

/** The segment without its two ends, so that touching is not crossing; a point has no area, hence the least width. */
function boxOf({ from, to }) {
  return {
    x: Math.min(from.x, to.x) - 0.5,
    y: Math.min(from.y, to.y) - 0.5,
    width: Math.abs(from.x - to.x) + 1,
    height: Math.abs(from.y - to.y) + 1
  };
}

function meet(a, b) {
  return overlap(boxOf(a), boxOf(b));
}

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function onBorder({ x, y }, { x: left, y: top, width, height }) {
  const inside = x >= left && x <= left + width && y >= top && y <= top + height;
  return inside && (x === left || x === left + width || y === top || y === top + height);
}

function contains(scope, element) {
  for (let parent = element.$parent; parent; parent = parent.$parent) {
    if (parent === scope) {
      return true;
    }
  }
  return false;
}

function boxesById(shapes) {
  return new Map(shapes.map(shape => [ shape.bpmnElement.id, shape.bounds ]));
}

function pairs(list) {
  return list.flatMap((one, index) => list.slice(index + 1).map(other => [ one, other ]));
}

function at({ x, y }) {
  return `${x},${y}`;
}
