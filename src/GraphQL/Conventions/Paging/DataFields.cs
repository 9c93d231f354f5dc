using System.Reflection;
using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>Fields with pages, filters and orders: their arguments and types, and what runs around their resolver.</summary>
internal sealed class DataFields(ReadingContext context)
{
    private readonly FilterTypes _filters = new(context);
    private readonly SortTypes _sorts = new(context);
    private readonly ConnectionTypes _connections = new(context.Builder);

    public static bool HasPages(MemberInfo member) =>
        member.IsMarked<UsePagingAttribute>() || member.IsMarked<UseOffsetPagingAttribute>()
            || member.IsMarked<UseConnectionAttribute>();

    /// <summary>Adds arguments in the order clients know: pages, filter, order; the method's own come after them.</summary>
    public void Declare(FieldDraft draft, MemberInfo member)
    {
        var items = Items(draft, member);
        var settings = new ListSettings(draft.Configuration.Name, null, null, null, null);
        if (items is not null)
        {
            settings = DeclarePages(draft, member, items, settings);
        }

        if (member.Mark<UseFilteringAttribute>() is { } filtering && ItemType(filtering.Type, items, member) is { } filtered)
        {
            TypeAnnotations.Weigh(draft.Configuration.Argument("where", _filters.Of(filtered, member)), 10);
            settings = settings with { Filtering = context.Filtering };
        }

        if (member.Mark<UseSortingAttribute>() is { } sorting && ItemType(sorting.Type, items, member) is { } sorted)
        {
            TypeAnnotations.Weigh(draft.Configuration.Argument("order", $"[{_sorts.Of(sorted, member)}!]"), 10);
            settings = settings with { Sorting = context.Sorting };
        }

        if (items is not null)
        {
            draft.Configuration.Metadata.Set(new ListField(items.Type, settings));
        }
    }

    public static void Apply(FieldDraft draft, FieldDelegate resolve)
    {
        var list = draft.Configuration.Metadata.Get<ListField>();
        var needsPipeline = list is not null
            && (list.Settings is not { Filtering: null, Sorting: null, Paging: null, Segments: null }
                || typeof(IQueryable).IsAssignableFrom(draft.Result.Type)
                || draft.PagingOptions is not null);
        var run = needsPipeline ? ListPipeline.For(list!.Item, list.Settings).Around(resolve) : resolve;
        draft.Configuration.Resolver = SingleResolver.From((parent, field, ct) => run(parent, field, ct));
    }

    private ListSettings DeclarePages(FieldDraft draft, MemberInfo member, ClrShape items, ListSettings settings)
    {
        var field = draft.Configuration;
        var options = context.Settings.Paging;
        if (member.Mark<UsePagingAttribute>() is { } paging)
        {
            options = paging.Over(options);
            var name = paging.ConnectionName
                ?? (options.InferConnectionNameFromField ? Names.Pascal(field.Name) : ItemName(items, member));
            field.Type = _connections.Connection(name, context.Catalog.Output(items, member), options);
            draft.PagingOptions = options;
            settings = settings with { Paging = options };
        }
        else if (member.Mark<UseConnectionAttribute>() is { } connection)
        {
            options = connection.Over(options);
            var name = connection.Name ?? ItemName(items, member);
            TypeReference type = _connections.PageConnection(name, context.Catalog.Output(items, member), options);
            field.Type = draft.Result.IsNullable ? type : type.NonNull();
            draft.PagingOptions = options;
        }
        else if (member.Mark<UseOffsetPagingAttribute>() is { } segment)
        {
            return DeclareSegment(field, member, items, segment, settings);
        }
        else
        {
            return settings;
        }

        PagingFields.AddArguments(field, options);
        TypeAnnotations.Size(field, PagingFields.Size(options));
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        return settings;
    }

    private ListSettings DeclareSegment(
        FieldConfiguration field, MemberInfo member, ClrShape items, UseOffsetPagingAttribute segment, ListSettings settings)
    {
        var options = segment.Over(context.Settings.Paging);
        var name = segment.CollectionSegmentName ?? Names.Pascal(field.Name);
        field.Type = _connections.Segment(name, context.Catalog.Output(items, member), options);
        field.Argument("skip", "Int");
        field.Argument("take", "Int");
        TypeAnnotations.Size(field, PagingFields.SegmentSize(options));
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        return settings with { Segments = options };
    }

    private string ItemName(ClrShape items, MemberInfo member) => context.Catalog.OutputName(items.Type, member);

    /// <summary>The items of a list or of a page.</summary>
    private ClrShape? Items(FieldDraft draft, MemberInfo member)
    {
        var result = draft.Result;
        if (result.Type.IsGenericType
            && (result.Type.GetGenericTypeDefinition() == typeof(PageConnection<>)
                || result.Type.GetGenericTypeDefinition() == typeof(Page<>)))
        {
            return ClrShape.Of(result.Type.GetGenericArguments()[0]);
        }

        if (result.Element is null && HasPages(member))
        {
            context.Errors.Add(
                member,
                $"{TypeText.Of(result.Type)} is no list and cannot have pages.",
                "Return a list, an IQueryable<T>, a Page<T> or a PageConnection<T>.");
        }

        return result.Element;
    }

    private Type? ItemType(Type? declared, ClrShape? items, MemberInfo member)
    {
        if ((declared ?? items?.Type) is { } type && !context.Catalog.IsLeaf(type))
        {
            return type;
        }

        context.Errors.Add(
            member, "only lists of objects can be filtered and sorted.", "Return a list, or name the type by [UseFiltering<T>] and [UseSorting<T>].");
        return null;
    }
}

/// <summary>The items of a list field and what is done with them; kept with the field.</summary>
internal sealed record ListField(Type Item, ListSettings Settings);
