/** Waits that may last without a timer of their own, and why. By process id, then element id. */
export const waitsWithoutTimer = {
  conversation: {
    Task_AttendCustomer: 'attend.bpmn has a timer on each of its waits'
  }
};
