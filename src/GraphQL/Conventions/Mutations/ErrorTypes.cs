using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Mutations;

/// <summary>Error objects as types: a message and a code, and the facts as fields beside them.</summary>
internal sealed class ErrorTypes(ReadingContext context, FieldReader fields)
{
    private const string Message = "message";
    private const string Code = "code";

    private static readonly HashSet<string> OfEveryException =
        [.. typeof(Exception).GetProperties().Select(property => property.Name)];

    /// <summary>The name of the error's type, which is made on the way.</summary>
    public string Of(Type error, MemberInfo mutation)
    {
        var name = NameOf(error);
        if (context.Builder.FindType(name) is { } known)
        {
            if (known.RuntimeType != error)
            {
                context.Errors.Add(mutation, $"the error \"{name}\" has two C# types.", "Name one of them by [GraphQLName].");
            }

            return name;
        }

        var type = context.Builder.Object(name);
        type.RuntimeType = error;
        type.Metadata.Set(GeneratedType.Instance);
        type.Implement(Interface());
        TypeAnnotations.Describe(type, error);
        AddMessage(type, error);
        AddCode(type, error);
        foreach (var fact in FieldReader.Readable(error).Where(property => IsFact(error, property)))
        {
            fields.ReadProperty(fact, error, type);
        }

        return name;
    }

    /// <summary>The interface of all errors: a C# interface somebody named, or message and code.</summary>
    private string Interface()
    {
        if (context.Settings.ErrorInterface is { } custom)
        {
            context.Catalog.AddInterface(custom);
            var name = custom.Mark<GraphQLNameAttribute>()?.Name ?? "Error";
            var type = context.Builder.Interface(name);
            if (type.Fields.Count == 0)
            {
                foreach (var property in FieldReader.Readable(custom))
                {
                    fields.ReadPromise(property, type);
                }
            }

            return name;
        }

        var error = context.Builder.Interface("Error");
        error.Field(Message, "String!");
        error.Field(Code, "String!");
        return error.Name;
    }

    private static void AddMessage(ObjectTypeConfiguration type, Type error)
    {
        var message = type.Field(Message, "String!");
        message.Resolver = Reading(error, error.GetProperty("Message")!);
    }

    private static void AddCode(ObjectTypeConfiguration type, Type error)
    {
        var code = type.Field(Code, "String!");
        var fixedCode = Names.EnumValue(Stem(error));
        code.Resolver = error.GetProperty("Code") is { } property && property.PropertyType == typeof(string)
            ? Reading(error, property)
            : new PureResolver<object, string>(_ => fixedCode);
    }

    private static PureResolver Reading(Type error, PropertyInfo property) =>
        Resolvers.ResolverCompiler.Pure(property.GetMethod!, error);

    private static bool IsFact(Type error, PropertyInfo property) =>
        property.Name is not ("Message" or "Code")
            && !(typeof(Exception).IsAssignableFrom(error) && OfEveryException.Contains(property.Name));

    /// <summary><c>CountNotOpen</c> and <c>CountNotOpenException</c> are <c>CountNotOpenError</c>.</summary>
    private static string NameOf(Type error) =>
        error.Mark<GraphQLNameAttribute>()?.Name ?? Stem(error) + "Error";

    private static string Stem(Type error)
    {
        var name = Names.Type(error);
        foreach (var ending in (string[])["Exception", "Error"])
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}
