package org.plainsong.testbed.sim;

/** Protocol §9.9: what servers and clients tell their operators names no member. */
final class NobodyNamedInNotices implements Invariant {
    private final Group group;

    NobodyNamedInNotices(Group group) {
        this.group = group;
    }

    @Override
    public void observe(Observation what) {
        if (!(what instanceof Observation.Noticed(String party, String kind, String text))) {
            return;
        }
        for (Group.MemberKeys member : group.members) {
            if (text.contains(member.name()) || text.contains(member.id().toString())) {
                throw new InvariantBroken("protocol 9.9", party + " names a member in a notice: " + text);
            }
        }
    }
}
