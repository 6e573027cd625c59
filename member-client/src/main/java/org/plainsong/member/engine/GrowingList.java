package org.plainsong.member.engine;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Collects, and gives out immutable lists of what was collected so far without copying: they share one array that only grows. */
final class GrowingList<T> {
    private Object[] items = new Object[16];
    private int size;
    private List<T> view = List.of();

    void add(T item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
        view = new Prefix<>(items, size);
    }

    /** What was collected until now; stays as it is. */
    List<T> view() {
        return view;
    }

    private static final class Prefix<T> extends AbstractList<T> implements RandomAccess {
        private final Object[] items;
        private final int size;

        Prefix(Object[] items, int size) {
            this.items = items;
            this.size = size;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T get(int index) {
            return (T) items[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
