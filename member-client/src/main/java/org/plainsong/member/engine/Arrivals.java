package org.plainsong.member.engine;

import java.util.ArrayList;
import java.util.List;

/** Takes contents as they are completed: once for each id, on disk before anybody is told (protocol §9.8). */
final class Arrivals {
    private static final long AGAIN_MILLIS = 5_000;

    private final Desk desk;
    private final Shelf shelf;
    private final Outbox outbox;
    private List<VaultRecord> unsaved = new ArrayList<>();
    private List<MemberEffect> untold = new ArrayList<>();

    Arrivals(Desk desk, Shelf shelf, Outbox outbox) {
        this.desk = desk;
        this.shelf = shelf;
        this.outbox = outbox;
    }

    /** What an entry completed. */
    void take(List<Arrival> arrivals, long entries) {
        for (Arrival arrival : arrivals) {
            outbox.arrived(arrival).ifPresent(unsaved::add);
            if (!shelf.knows(arrival.id())) {
                unsaved.add(Shelf.record(arrival));
                shelf.place(arrival).ifPresent(untold::add);
            }
        }
        if (!unsaved.isEmpty() && !desk.isSet(Desk.Alarm.SAVE_AGAIN)) {
            unsaved.add(new VaultRecord.Progress(entries));
            save();
        }
    }

    /** Writes what is not on disk; what cannot be written now is kept and tried again, and is seen meanwhile. */
    void save() {
        List<VaultRecord> records = unsaved;
        List<MemberEffect> told = untold;
        unsaved = new ArrayList<>();
        untold = new ArrayList<>();
        desk.save(records, () -> told.forEach(desk::add), why -> {
            records.addAll(unsaved);
            told.addAll(untold);
            unsaved = records;
            untold = told;
            desk.notice("disk", "the vault could not be written: " + why);
            desk.alarmIn(Desk.Alarm.SAVE_AGAIN, AGAIN_MILLIS);
        });
    }
}
