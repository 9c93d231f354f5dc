namespace Platform.GraphQL.Response;

/// <summary>
/// Turns runtime values of a leaf type into JSON. §6.4.3 Coercing Results: a value the type cannot represent is a
/// <see cref="Execution.GraphQLException"/>, which becomes the field's error.
/// </summary>
public abstract class LeafWriter
{
    public abstract void Write(JsonWriter writer, object value);

    /// <summary>The same for one runtime type without boxing; null when the general way must do.</summary>
    public virtual LeafWriter<T>? For<T>() => this as LeafWriter<T>;
}

/// <summary>The unboxed form: a compiled operation binds it once per selection.</summary>
public abstract class LeafWriter<T> : LeafWriter
{
    public abstract void Write(JsonWriter writer, T value);

    public override void Write(JsonWriter writer, object value) => Write(writer, (T)value);
}
