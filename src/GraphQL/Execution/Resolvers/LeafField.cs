using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>A pure resolver bound to its leaf type: parent in, JSON out. False means the value is null.</summary>
internal abstract class LeafField
{
    public abstract bool TryWrite(object parent, JsonWriter writer);
}

internal static class LeafField<TParent, TValue>
{
    public static LeafField Create(Func<TParent, TValue> read, LeafWriter leaf)
    {
        if (leaf.For<TValue>() is { } typed)
        {
            return new Typed(read, typed);
        }

        // T? of a value type: the leaf type knows T.
        if (Nullable.GetUnderlyingType(typeof(TValue)) is { } underlying)
        {
            var bind = typeof(NullableLeafField).GetMethod(nameof(NullableLeafField.TryBind))!
                .MakeGenericMethod(typeof(TParent), underlying);
            if (bind.Invoke(null, [read, leaf]) is LeafField field)
            {
                return field;
            }
        }

        return new Boxed(read, leaf);
    }

    private sealed class Typed(Func<TParent, TValue> read, LeafWriter<TValue> leaf) : LeafField
    {
        public override bool TryWrite(object parent, JsonWriter writer)
        {
            var value = read((TParent)parent);
            if (value is null)
            {
                return false;
            }

            leaf.Write(writer, value);
            return true;
        }
    }

    private sealed class Boxed(Func<TParent, TValue> read, LeafWriter leaf) : LeafField
    {
        public override bool TryWrite(object parent, JsonWriter writer)
        {
            if (read((TParent)parent) is not { } value)
            {
                return false;
            }

            leaf.Write(writer, value);
            return true;
        }
    }
}

internal static class NullableLeafField
{
    public static LeafField? TryBind<TParent, TValue>(Func<TParent, TValue?> read, LeafWriter leaf)
        where TValue : struct =>
        leaf.For<TValue>() is { } typed ? new Bound<TParent, TValue>(read, typed) : null;

    private sealed class Bound<TParent, TValue>(Func<TParent, TValue?> read, LeafWriter<TValue> leaf) : LeafField
        where TValue : struct
    {
        public override bool TryWrite(object parent, JsonWriter writer)
        {
            if (read((TParent)parent) is not { } value)
            {
                return false;
            }

            leaf.Write(writer, value);
            return true;
        }
    }
}
