using System.Globalization;
using System.Reflection;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>What attributes and comments say about an element beside its name and type.</summary>
public static class TypeAnnotations
{
    public static void Describe(ElementConfiguration element, MemberInfo member)
    {
        element.Description ??= member.Mark<GraphQLDescriptionAttribute>()?.Description
            ?? XmlDocumentation.Summary(member);
        Annotate(element, member);
    }

    public static void Describe(ElementConfiguration element, ParameterInfo parameter)
    {
        element.Description ??= parameter.Mark<GraphQLDescriptionAttribute>()?.Description
            ?? XmlDocumentation.Summary(parameter);
        Annotate(element, parameter);
    }

    /// <summary>The weight of a cost directive, unless one was given already.</summary>
    public static void Weigh(ElementConfiguration element, double weight)
    {
        if (element.Directives.TrueForAll(directive => directive.Name.Value != WellKnownDirectives.Cost))
        {
            element.AddDirective(
                WellKnownDirectives.Cost, ("weight", $"\"{weight.ToString(CultureInfo.InvariantCulture)}\""));
        }
    }

    public static void Size(FieldConfiguration field, ListSizeAttribute size)
    {
        List<(string, string)> arguments = [];
        if (size.AssumedSize > 0)
        {
            arguments.Add(("assumedSize", Number(size.AssumedSize)));
        }

        if (size.SlicingArguments is { } slicing)
        {
            arguments.Add(("slicingArguments", Texts(slicing)));
        }

        if (size.SlicingArgumentDefaultValue > 0)
        {
            arguments.Add(("slicingArgumentDefaultValue", Number(size.SlicingArgumentDefaultValue)));
        }

        if (size.SizedFields is { } sized)
        {
            arguments.Add(("sizedFields", Texts(sized)));
        }

        if (size.SlicingArguments is not null || !size.RequireOneSlicingArgument)
        {
            arguments.Add(("requireOneSlicingArgument", size.RequireOneSlicingArgument ? "true" : "false"));
        }

        field.AddDirective(WellKnownDirectives.ListSize, [.. arguments]);
    }

    private static void Annotate(ElementConfiguration element, ICustomAttributeProvider source)
    {
        foreach (var attribute in Marks.All(source))
        {
            switch (attribute)
            {
                case GraphQLDeprecatedAttribute deprecated:
                    element.Deprecate(deprecated.Reason);
                    break;
                case ObsoleteAttribute obsolete when element is not TypeConfiguration:
                    element.Deprecate(obsolete.Message ?? WellKnownDirectives.DefaultDeprecationReason);
                    break;
                case TagAttribute tag:
                    element.AddDirective(WellKnownDirectives.Tag, ("name", Text(tag.Name)));
                    break;
                case RequiresOptInAttribute optIn:
                    element.AddDirective(WellKnownDirectives.RequiresOptIn, ("feature", Text(optIn.Feature)));
                    break;
                case CostAttribute cost:
                    Weigh(element, cost.Weight);
                    break;
                case ListSizeAttribute size when element is FieldConfiguration field:
                    Size(field, size);
                    break;
            }
        }
    }

    private static string Text(string value) => new StringValueNode(value).ToString();

    private static string Texts(string[] values) => $"[{string.Join(", ", values.Select(Text))}]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
